/* cmd_read.c - casus read: the documents that the readers see, before anything is coded. */
#include "cli.h"
#include <string.h>

static void print_string(const char *s, size_t len) {
    putchar('"');
    for (size_t i = 0; i < len; i++) {
        const unsigned char c = (unsigned char)s[i];
        if (c == '"' || c == '\\')
            printf("\\%c", c);
        else if (c == '\n')
            fputs("\\n", stdout);
        else if (c == '\t')
            fputs("\\t", stdout);
        else if (c < 0x20 || c == 0x7F)
            printf("\\u%04x", c);
        else
            putchar(c);
    }
    putchar('"');
}

typedef struct field {
    const char *name, *value;
} field;

/* The fields of an item in the order in which they are printed; how many. */
static size_t fields_of(const casus_item *item, field out[12]) {
    const field all[] = {{"id", item->id},
                         {"date", item->date},
                         {"date_from", item->date_from},
                         {"title", item->title},
                         {"author", item->author},
                         {"site", item->site},
                         {"url", item->url},
                         {"language", item->language},
                         {"dateline", item->dateline},
                         {"kind", casus_kind_name(item->kind)},
                         {"hash", item->hash},
                         {"aside", item->aside}};
    size_t n = 0;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i].value) out[n++] = all[i];
    return n;
}

static void print_json(const casus_item *item) {
    field fields[12];
    const size_t n = fields_of(item, fields);
    for (size_t i = 0; i < n; i++) {
        printf("%s\"%s\":", i ? "," : "{", fields[i].name);
        print_string(fields[i].value, strlen(fields[i].value));
    }
    printf(",\"file\":");
    print_string(item->file, strlen(item->file));
    printf(",\"line\":%llu,\"marks\":[", (unsigned long long)item->line);
    for (size_t i = 0; i < item->n_marks; i++)
        printf("%s{\"kind\":\"%s\",\"span\":[%u,%u]}", i ? "," : "",
               casus_mark_name(item->marks[i].kind), (unsigned)item->marks[i].span.begin,
               (unsigned)item->marks[i].span.end);
    fputs("],\"diagnostics\":[", stdout);
    for (size_t i = 0; i < item->n_notes; i++) {
        if (i) putchar(',');
        print_string(item->notes[i].reason, strlen(item->notes[i].reason));
    }
    fputs("],\"text\":", stdout);
    print_string(item->text, item->text_len);
    puts("}");
}

static void print_text(const casus_item *item) {
    field fields[12];
    const size_t n = fields_of(item, fields);
    for (size_t i = 0; i < n; i++) printf("%s: %s\n", fields[i].name, fields[i].value);
    for (size_t i = 0; i < item->n_notes; i++) printf("diagnostic: %s\n", item->notes[i].reason);
    putchar('\n');
    /* a column for what a line is, where it is no report */
    size_t mark = 0;
    for (size_t at = 0; at < item->text_len;) {
        const char *end = memchr(item->text + at, '\n', item->text_len - at);
        const size_t to = end ? (size_t)(end - item->text) : item->text_len;
        while (mark < item->n_marks && item->marks[mark].span.end <= at) mark++;
        const bool marked = mark < item->n_marks && item->marks[mark].span.begin < to;
        printf("%-10s  ", marked ? casus_mark_name(item->marks[mark].kind) : "");
        fwrite(item->text + at, 1, to - at, stdout);
        putchar('\n');
        at = to + 1;
    }
    putchar('\n');
}

int cmd_read(int argc, char **argv, const char *program) {
    const char *from = NULL, *format = "text", *language = NULL;
    const cli_option options[] = {{"from", true, &from},
                                  {"format", true, &format},
                                  {"language", true, &language}};
    (void)program;
    if (!cli_options(&argc, argv, options, sizeof options / sizeof *options)) return CLI_USAGE;
    const bool json = strcmp(format, "jsonl") == 0;
    if (!json && strcmp(format, "text") != 0) return cli_usage("read", "--format is text or jsonl");
    const int kind = cli_kind(from);
    if (kind < 0) return CLI_USAGE;
    char dash[] = "-", *standard[] = {argv[0], dash};
    const cli_run run = {.from = from};
    cli_feed feed = {.run = &run,
                     .options = {(casus_kind)kind, language},
                     .argc = argc < 2 ? 2 : argc,
                     .argv = argc < 2 ? standard : argv,
                     .at = 1,
                     .keep_aside = true};
    casus_error err;
    casus_item item;
    int result = CLI_OK;
    for (int more; (more = cli_feed_next(&feed, &item, &err)) != 0;) {
        if (more < 0) {
            if (cli_failed(&err, (casus_status)more, &result)) break;
        } else if (json) {
            print_json(&item);
        } else {
            print_text(&item);
        }
    }
    casus_input_free(feed.input);
    if (fflush(stdout)) {
        perror("casus: standard output");
        result = CLI_INPUT;
    }
    return result;
}
