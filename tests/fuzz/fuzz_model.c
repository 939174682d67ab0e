/* What a pack is compiled from: a wheel of arbitrary bytes as model and as gazetteer, or, when the
 * bytes begin with "@@", the files of a pipeline, each behind a line "@@<name>". Either compiles
 * (and what was compiled opens), or the error says why. */
#include "fuzz.h"
#include "know/place_int.h"
#include "lang/engine.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const folders[] = {"tok2vec",         "tagger",     "morphologizer",
                                      "parser",          "ner",        "vocab",
                                      "attribute_ruler", "lemmatizer", "lemmatizer/lookups"};
static const char *const names[] = {"config.cfg",
                                    "meta.json",
                                    "tokenizer",
                                    "tok2vec/model",
                                    "tagger/model",
                                    "tagger/cfg",
                                    "morphologizer/model",
                                    "morphologizer/cfg",
                                    "parser/model",
                                    "parser/moves",
                                    "ner/model",
                                    "ner/moves",
                                    "vocab/lookups.bin",
                                    "attribute_ruler/patterns",
                                    "lemmatizer/lookups/lookups.bin"};
#define N(array) (sizeof(array) / sizeof *(array))

static int save(const char *path, const uint8_t *bytes, size_t n) {
    FILE *f = fopen(path, "wb");
    if (!f) return 0;
    const size_t written = n ? fwrite(bytes, 1, n, f) : 0;
    return (fclose(f) == 0) & (written == n);
}

/* Where the next "@@" stands at or behind `at`, or the end. */
static size_t mark(const uint8_t *data, size_t size, size_t at) {
    while (at + 2 <= size && memcmp(data + at, "@@", 2) != 0) at++;
    return at + 2 <= size ? at : size;
}

static void unfold(const char *folder, const uint8_t *data, size_t size) {
    char path[128];
    for (size_t i = 0; i < N(folders); i++) {
        snprintf(path, sizeof path, "%s/%s", folder, folders[i]);
        mkdir(path, 0700);
    }
    for (size_t at = 0; at < size;) {
        const size_t begin = at + 2, end = mark(data, size, begin);
        for (size_t i = 0; i < N(names); i++) {
            const size_t n = strlen(names[i]);
            if (end - begin <= n || memcmp(data + begin, names[i], n) != 0 ||
                data[begin + n] != '\n')
                continue;
            snprintf(path, sizeof path, "%s/%s", folder, names[i]);
            save(path, data + begin + n + 1, end - begin - n - 1);
        }
        at = end;
    }
}

static void clear(const char *folder) {
    char path[128];
    for (size_t i = 0; i < N(names); i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    for (size_t i = N(folders); i-- > 0;) {
        snprintf(path, sizeof path, "%s/%s", folder, folders[i]);
        rmdir(path);
    }
    snprintf(path, sizeof path, "%s/model.whl", folder);
    unlink(path);
    snprintf(path, sizeof path, "%s/pack", folder);
    unlink(path);
    rmdir(folder);
}

static void compile(const char *model, const char *packed) {
    const casus_memory m = casus_base_memory_default();
    casus_pack_writer *writer;
    casus_error err = {0};
    FUZZ_MUST(casus_pack_writer_new(&writer, &m, &err) == CASUS_OK);
    casus_status s = casus_lang_compile(model, CASUS_SOURCE_DIR "/data", writer, &m, &err);
    FUZZ_MUST(!s || (err.status == s && err.message[0]));
    casus_pack *pack = NULL;
    if (!s) s = casus_pack_writer_save(writer, packed, &err);
    casus_pack_writer_free(writer);
    if (!s) s = casus_pack_open(&pack, packed, &m, &err);
    if (!s) {
        casus_lang *lang = NULL;
        s = casus_lang_open(&lang, pack, &m, &err);
        FUZZ_MUST(!s || (err.status == s && err.message[0]));
        casus_lang_free(lang);
    }
    if (s && getenv("CASUS_FUZZ_SAY")) fprintf(stderr, "  %s\n", err.message);
    casus_pack_free(pack);
}

static void gazetteer(const char *path) {
    const casus_memory m = casus_base_memory_default();
    place_build *b;
    casus_error err = {0};
    FUZZ_MUST(place_build_new(&b, &m, &err) == CASUS_OK);
    const casus_status s = place_source_read(b, path, &m, &err);
    FUZZ_MUST(!s || (err.status == s && err.message[0]));
    if (s && getenv("CASUS_FUZZ_SAY")) fprintf(stderr, "  places: %s\n", err.message);
    place_build_free(b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char folder[] = "/tmp/casus-fuzz-XXXXXX", path[64], packed[64];
    if (!mkdtemp(folder)) return 0;
    snprintf(packed, sizeof packed, "%s/pack", folder);
    if (size >= 2 && memcmp(data, "@@", 2) == 0) {
        unfold(folder, data, size);
        compile(folder, packed);
    } else {
        snprintf(path, sizeof path, "%s/model.whl", folder);
        if (save(path, data, size)) {
            compile(path, packed);
            gazetteer(path);
        }
    }
    clear(folder);
    return 0;
}
