/* know_int.h - the insides of the room: the compiled tables, the working state of one document.
 *
 * Private to src/know. Files: know_build.c (rows and phrases into a section), know_tables.c (the
 * files of data/ into rows), know_open.c (a section checked and opened, overlays), know_atoms.c
 * (text into atoms, longest phrases), know_syntax.c (what a token does in its sentence),
 * know_names.c (names into mentions), know_people.c (persons and offices by date), know_phrase.c
 * (noun phrases composed of nation, sector and head noun), know_metonym.c (a capital: place or
 * government), know_context.c (the country when none is said), know_chain.c (who is whom again),
 * know_find.c (all of it in order); place*.c (the gazetteer).
 */
#ifndef CASUS_KNOW_KNOW_INT_H
#define CASUS_KNOW_KNOW_INT_H

#include "know/know.h"

/* ---- places (place*.c) ---------------------------------------------------------------------- */

typedef struct casus_places casus_places; /* an opened gazetteer; constant, shared */

casus_status casus_know_place_compile(const char *data_dir, casus_pack_writer *writer,
                                      const casus_memory *memory, casus_error *err);
casus_status casus_know_place_open(casus_places **out, const casus_pack *pack,
                                   const casus_memory *memory, casus_error *err);
void casus_know_place_free(casus_places *places);
/* Called between the finding of names and the composition of noun phrases. `mentions` then holds
 * the countries, persons, organisations and capitals that the tables know (in order of head, `at`
 * set). Fills has_place and place of those that are places too (a country, a capital, a city that
 * stands for a government: kind stays as it is), and appends mentions of kind PLACE for all other
 * places, growing items with casus_base_arena_grow (*cap). May set the kind of a mention to NONE
 * where the text means a place of another name ("Georgia" the state). The caller sorts afterwards
 * and builds `at` anew; a place whose tokens lie around a country's ("New Mexico") drops that. */
casus_status casus_know_place_find(casus_mentions *mentions, size_t *cap,
                                   const casus_places *places, const casus_parse *parse,
                                   casus_error *err);

#endif
