/* cmd_try.c - casus lexicon try: what a new row would change over texts, without packing anew.
 *
 * Links the folder of lexicons into a temporary one, adds the row there, and codes every document
 * with both sets of rows; a record that only one of them has is printed. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "cli.h"
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/stat.h>

#define PATH_MOST 4096

typedef struct trial {
    casus_worker *after; /* with the new row */
    size_t documents, gained, lost, kept;
} trial;

static int complain(const char *path) {
    fprintf(stderr, "casus: %s: %s\n", path, strerror(errno));
    return CLI_INPUT;
}

/* Links everything in `from` into `to`, but for the folder `without`. */
static int link_all(const char *from, const char *to, const char *without) {
    char here[PATH_MOST], a[PATH_MOST], b[PATH_MOST];
    if (!realpath(from, here)) return complain(from);
    DIR *d = opendir(here);
    if (!d) return complain(from);
    int result = CLI_OK;
    for (struct dirent *e; !result && (e = readdir(d));) {
        if (e->d_name[0] == '.' || (without && strcmp(e->d_name, without) == 0)) continue;
        if (snprintf(a, sizeof a, "%s/%s", here, e->d_name) >= (int)sizeof a ||
            snprintf(b, sizeof b, "%s/%s", to, e->d_name) >= (int)sizeof b || symlink(a, b))
            result = complain(e->d_name);
    }
    closedir(d);
    return result;
}

static void remove_all(const char *folder) {
    char path[PATH_MOST];
    DIR *d = opendir(folder);
    for (struct dirent *e; d && (e = readdir(d));) {
        if (e->d_name[0] == '.') continue;
        if (snprintf(path, sizeof path, "%s/%s", folder, e->d_name) >= (int)sizeof path) continue;
        struct stat s;
        if (lstat(path, &s) == 0 && S_ISDIR(s.st_mode))
            remove_all(path);
        else
            unlink(path);
    }
    if (d) closedir(d);
    rmdir(folder);
}

/* The folder of lexicons with the row in it. */
static int make_folder(const char *data, const char *row, const char *folder) {
    char events[PATH_MOST], path[PATH_MOST];
    snprintf(events, sizeof events, "%s/events", folder);
    int result = link_all(data, folder, "events");
    if (result) return result;
    if (mkdir(events, 0700)) return complain(events);
    if (snprintf(path, sizeof path, "%s/events", data) >= (int)sizeof path) return CLI_INPUT;
    if ((result = link_all(path, events, NULL))) return result;
    snprintf(path, sizeof path, "%s/events/the-row-tried.tsv", folder);
    FILE *f = fopen(path, "w");
    if (!f) return complain(path);
    fputs("id\tpattern\ttype\tmode\troles\tcontent\tcameo\texample\n", f);
    /* "\t" may be typed as such; columns left out at the end are empty */
    int tabs = 0;
    for (const char *c = row; *c; c++) {
        const int typed = c[0] == '\\' && c[1] == 't';
        tabs += typed || *c == '\t';
        fputc(typed ? '\t' : *c, f);
        c += typed;
    }
    for (; tabs < 7; tabs++) fputc('\t', f);
    fputc('\n', f);
    if (fclose(f)) return complain(path);
    return CLI_OK;
}

static int same(const casus_string a, const casus_string b) {
    return a.len == b.len && (!a.len || memcmp(a.ptr, b.ptr, a.len) == 0);
}
static int same_record(const casus_event *a, const casus_event *b) {
    return a->trigger.begin == b->trigger.begin && same(a->type, b->type) &&
           same(a->mode, b->mode) && same(a->status, b->status) && a->n_actors == b->n_actors &&
           a->n_recipients == b->n_recipients;
}

static size_t print_only(const char *sign, const casus_event *of, size_t n, const casus_event * not,
                         size_t m) {
    size_t found = 0;
    for (size_t i = 0; i < n; i++) {
        size_t k = 0;
        while (k < m && !same_record(&of[i], &not [k])) k++;
        if (k < m) continue;
        found++;
        printf("%s %s:%u %s%s%s %s (%s) ", sign, of[i].doc.ptr ? of[i].doc.ptr : "-",
               (unsigned)of[i].para, of[i].type.ptr, of[i].mode.len ? "/" : "",
               of[i].mode.len ? of[i].mode.ptr : "", of[i].status.ptr,
               of[i].rule.ptr ? of[i].rule.ptr : "");
        for (size_t x = 0; x < of[i].n_actors; x++)
            printf("%s%s", x ? ", " : "", of[i].actors[x].text.ptr ? of[i].actors[x].text.ptr : "");
        if (of[i].n_recipients) printf(" > ");
        for (size_t x = 0; x < of[i].n_recipients; x++)
            printf("%s%s", x ? ", " : "",
                   of[i].recipients[x].text.ptr ? of[i].recipients[x].text.ptr : "");
        printf(": %s\n", of[i].evidence_text.ptr ? of[i].evidence_text.ptr : "");
    }
    return found;
}

static casus_status compare(trial *t, casus_worker *before, const casus_item *item,
                            const char *date, casus_error *err) {
    casus_doc *a = NULL, *b = NULL;
    casus_options options = CASUS_OPTIONS_INIT;
    options.date = date;
    casus_status s = casus_code_item(&a, before, item, &options, err);
    if (!s) s = casus_code_item(&b, t->after, item, &options, err);
    if (!s) {
        size_t n, m;
        const casus_event *old = casus_doc_events(a, &n), *new = casus_doc_events(b, &m);
        const size_t lost = print_only("-", old, n, new, m);
        t->gained += print_only("+", new, m, old, n);
        t->lost += lost;
        t->kept += n - lost;
        t->documents++;
    }
    casus_doc_free(a);
    casus_doc_free(b);
    return s;
}

/* A file, a folder, a pattern. */
static int run_path(trial *t, casus_worker *before, const char *path, const casus_input_options *in,
                    const char *date) {
    casus_error err = {0};
    casus_input *input;
    if (casus_input_open(&input, path, in, NULL, &err)) {
        cli_error(&err);
        return CLI_INPUT;
    }
    int result = CLI_OK, more;
    casus_item item;
    while ((more = casus_input_next(input, &item, &err)) != 0) {
        if (more < 0 || compare(t, before, &item, date, &err)) {
            cli_error(&err);
            result = CLI_INPUT;
        }
        memset(&err, 0, sizeof err);
    }
    casus_input_free(input);
    return result;
}

int cli_lexicon_try(int argc, char **argv, const char *program, const char *data, const char *pack,
                    const char *from, const char *date) {
    if (argc < 2) return cli_usage("lexicon", "lexicon try takes a row and files or folders");
    const int kind = cli_kind(from);
    if (kind < 0) return CLI_USAGE;
    const casus_input_options in = {(casus_kind)kind, NULL};
    char folder[] = "/tmp/casus-try-XXXXXX";
    if (!mkdtemp(folder)) return complain(folder);
    casus_error err = {0};
    casus_model *old = NULL, *new = NULL;
    casus_worker *before = NULL;
    trial t = {0};
    int result = make_folder(data, argv[0], folder);
    if (!result && (!(old = cli_model(pack, program)) || !(new = cli_model(pack, program))))
        result = CLI_INPUT;
    if (!result &&
        (casus_model_use_rows(old, data, &err) || casus_model_use_rows(new, folder, &err) ||
         casus_worker_new(&before, old, &err) || casus_worker_new(&t.after, new, &err))) {
        cli_error(&err);
        result = CLI_INPUT;
    }
    for (int i = 1; i < argc && before && t.after; i++) {
        const int one = run_path(&t, before, argv[i], &in, date);
        result = one ? one : result;
    }
    if (before && t.after)
        printf("%zu documents: %zu records more, %zu fewer, %zu the same\n", t.documents, t.gained,
               t.lost, t.kept);
    casus_worker_free(before);
    casus_worker_free(t.after);
    casus_model_free(old);
    casus_model_free(new);
    remove_all(folder);
    return result;
}
