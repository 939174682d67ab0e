/* source.c - the files of a spaCy pipeline, from a wheel (libzip) or a folder, and MessagePack
 * (msgpack-c). Used at pack time only; everything read stays in memory until source_free. */
#include "lang/source.h"
#include <dirent.h>
#include <sys/stat.h>
#include <zip.h>

#define SOURCE_FILE_MOST (512u << 20) /* bytes of one file of a pipeline */
#define SOURCE_PATH_MOST 1024u

typedef struct held {
    struct held *next;
    char *bytes;
    msgpack_zone *zone;
    msgpack_object object;
} held;

struct source {
    casus_memory memory;
    zip_t *zip;
    char path[SOURCE_PATH_MOST];
    char root[SOURCE_PATH_MOST]; /* with its '/' at the end */
    held *files;
    casus_slice config;
};

static held *hold(source *s) {
    held *h = casus_base_alloc(&s->memory, sizeof *h);
    if (!h) return NULL;
    memset(h, 0, sizeof *h);
    h->next = s->files;
    s->files = h;
    return h;
}

static bool set_root(source *s, const char *file) {
    const size_t n = strlen(file), tail = strlen("config.cfg");
    if (n < tail || n >= sizeof s->root || strcmp(file + n - tail, "config.cfg") != 0 ||
        (n > tail && file[n - tail - 1] != '/'))
        return false;
    memcpy(s->root, file, n - tail);
    s->root[n - tail] = 0;
    return true;
}

/* Looks for config.cfg in the folder and up to two levels below it. */
static bool find_root(source *s, const char *folder, int depth) {
    char path[SOURCE_PATH_MOST];
    struct stat st;
    if ((size_t)snprintf(path, sizeof path, "%s/config.cfg", folder) >= sizeof path) return false;
    if (stat(path, &st) == 0) return set_root(s, path);
    DIR *d = depth ? opendir(folder) : NULL;
    bool found = false;
    for (const struct dirent *e; d && !found && (e = readdir(d));) {
        if (e->d_name[0] == '.' ||
            (size_t)snprintf(path, sizeof path, "%s/%s", folder, e->d_name) >= sizeof path)
            continue;
        found = stat(path, &st) == 0 && S_ISDIR(st.st_mode) && find_root(s, path, depth - 1);
    }
    if (d) closedir(d);
    return found;
}

casus_status source_open(source **out, const char *path, const casus_memory *memory,
                         casus_error *err) {
    source *s = casus_base_alloc(memory, sizeof *s);
    if (!s) return casus_base_no_memory(err);
    memset(s, 0, sizeof *s);
    s->memory = *memory;
    struct stat st;
    casus_status status = CASUS_OK;
    if (strlen(path) >= sizeof s->path || stat(path, &st) != 0) {
        status = casus_base_fail_at(err, CASUS_E_IO, path, 0, 0, "cannot open the model");
    } else {
        memcpy(s->path, path, strlen(path) + 1);
        bool found = false;
        if (S_ISDIR(st.st_mode)) {
            found = find_root(s, path, 2);
        } else {
            int code = 0;
            s->zip = zip_open(path, ZIP_RDONLY, &code);
            if (!s->zip)
                status = casus_base_fail_at(err, CASUS_E_FORMAT, path, 0, 0,
                                            "the model is neither a folder nor a wheel");
            const zip_int64_t n = s->zip ? zip_get_num_entries(s->zip, 0) : 0;
            for (zip_int64_t i = 0; i < n && !found; i++) {
                const char *name = zip_get_name(s->zip, (zip_uint64_t)i, 0);
                found = name && set_root(s, name);
            }
        }
        if (!status && !found)
            status = casus_base_fail_at(err, CASUS_E_MODEL, path, 0, 0,
                                        "no config.cfg in it: not a spaCy 3 pipeline");
    }
    if (!status) status = source_file(s, "config.cfg", &s->config, err);
    if (status) {
        source_free(s);
        return status;
    }
    *out = s;
    return CASUS_OK;
}

void source_free(source *s) {
    if (!s) return;
    const casus_memory memory = s->memory;
    while (s->files) {
        held *h = s->files;
        s->files = h->next;
        if (h->zone) msgpack_zone_free(h->zone);
        casus_base_release(&memory, h->bytes);
        casus_base_release(&memory, h);
    }
    if (s->zip) zip_discard(s->zip);
    casus_base_release(&memory, s);
}

static casus_status from_zip(source *s, const char *name, held *h, size_t *len, casus_error *err) {
    zip_stat_t st;
    if (zip_stat(s->zip, name, 0, &st) != 0) return CASUS_OK;
    if (st.size > SOURCE_FILE_MOST)
        return casus_base_fail_at(err, CASUS_E_LIMIT, s->path, 0, 0, "%s is too large", name);
    zip_file_t *f = zip_fopen(s->zip, name, 0);
    h->bytes = casus_base_alloc(&s->memory, st.size + 1);
    casus_status status = h->bytes ? CASUS_OK : casus_base_no_memory(err);
    if (!status && (!f || zip_fread(f, h->bytes, st.size) != (zip_int64_t)st.size))
        status =
            casus_base_fail_at(err, CASUS_E_FORMAT, s->path, 0, 0, "%s cannot be unpacked", name);
    if (f) zip_fclose(f);
    if (status) return status;
    h->bytes[st.size] = 0;
    *len = st.size;
    return CASUS_OK;
}

casus_status source_file(source *s, const char *name, casus_slice *bytes, casus_error *err) {
    char path[SOURCE_PATH_MOST * 2];
    snprintf(path, sizeof path, "%s%s", s->root, name);
    *bytes = (casus_slice){0};
    held *h = hold(s);
    if (!h) return casus_base_no_memory(err);
    size_t len = 0;
    if (s->zip) {
        const casus_status status = from_zip(s, path, h, &len, err);
        if (status) return status;
    } else {
        struct stat st;
        if (stat(path, &st) != 0) return CASUS_OK;
        const casus_status status =
            casus_base_read_file(&h->bytes, &len, path, SOURCE_FILE_MOST, &s->memory, err);
        if (status) return status;
    }
    if (h->bytes) *bytes = casus_slice_of(h->bytes, len);
    return CASUS_OK;
}

static const msgpack_object *unpack(source *s, casus_slice bytes) {
    held *h = hold(s);
    if (!h) return NULL;
    h->zone = msgpack_zone_new(1 << 16);
    size_t at = 0;
    if (!h->zone) return NULL;
    const msgpack_unpack_return r = msgpack_unpack(bytes.ptr, bytes.len, &at, h->zone, &h->object);
    return r == MSGPACK_UNPACK_SUCCESS || r == MSGPACK_UNPACK_EXTRA_BYTES ? &h->object : NULL;
}

casus_status source_msgpack(source *s, const char *name, const msgpack_object **object,
                            casus_error *err) {
    casus_slice bytes;
    *object = NULL;
    const casus_status status = source_file(s, name, &bytes, err);
    if (status || !bytes.ptr || !bytes.len) return status;
    *object = unpack(s, bytes);
    if (!*object)
        return casus_base_fail_at(err, CASUS_E_FORMAT, s->path, 0, 0, "%s is no MessagePack", name);
    return CASUS_OK;
}

const msgpack_object *source_unpack(source *s, const msgpack_object *bin) {
    const casus_slice text = mp_text(bin);
    return text.ptr ? unpack(s, text) : NULL;
}

casus_slice source_config(source *s, const char *section, const char *key) {
    casus_slice rest = s->config, line;
    bool inside = false;
    while (casus_slice_cut(&rest, '\n', &line)) {
        line = casus_slice_trim(line);
        if (line.len > 2 && line.ptr[0] == '[') {
            inside = casus_slice_is(casus_slice_of(line.ptr + 1, line.len - 2), section);
            continue;
        }
        casus_slice value = line, name;
        if (!inside || !line.len || !casus_slice_cut(&value, '=', &name)) continue;
        if (!casus_slice_is(casus_slice_trim(name), key)) continue;
        value = casus_slice_trim(value);
        if (value.len >= 2 && value.ptr[0] == '"' && value.ptr[value.len - 1] == '"')
            value = casus_slice_of(value.ptr + 1, value.len - 2);
        return value;
    }
    return CASUS_SLICE("");
}

casus_slice mp_text(const msgpack_object *o) {
    if (o && o->type == MSGPACK_OBJECT_STR) return casus_slice_of(o->via.str.ptr, o->via.str.size);
    if (o && o->type == MSGPACK_OBJECT_BIN) return casus_slice_of(o->via.bin.ptr, o->via.bin.size);
    return (casus_slice){0};
}

const msgpack_object *mp_get(const msgpack_object *map, const char *key) {
    if (!map || map->type != MSGPACK_OBJECT_MAP) return NULL;
    for (uint32_t i = 0; i < map->via.map.size; i++)
        if (casus_slice_is(mp_text(&map->via.map.ptr[i].key), key)) return &map->via.map.ptr[i].val;
    return NULL;
}

const msgpack_object *mp_get_int(const msgpack_object *map, uint64_t key) {
    if (!map || map->type != MSGPACK_OBJECT_MAP) return NULL;
    for (uint32_t i = 0; i < map->via.map.size; i++) {
        const msgpack_object *k = &map->via.map.ptr[i].key;
        if (k->type == MSGPACK_OBJECT_POSITIVE_INTEGER && k->via.u64 == key)
            return &map->via.map.ptr[i].val;
    }
    return NULL;
}

const float *mp_floats(casus_arena *arena, const msgpack_object *o, uint32_t shape[4],
                       uint32_t *dims) {
    const casus_slice data = mp_text(mp_get(o, "data"));
    const msgpack_object *s = mp_get(o, "shape");
    if (!data.ptr || !casus_slice_is(mp_text(mp_get(o, "type")), "<f4") || !s ||
        s->type != MSGPACK_OBJECT_ARRAY || s->via.array.size > 4 || !s->via.array.size)
        return NULL;
    uint64_t total = 1;
    for (uint32_t i = 0; i < 4; i++) {
        shape[i] = 1;
        if (i < s->via.array.size) {
            const msgpack_object *d = &s->via.array.ptr[i];
            if (d->type != MSGPACK_OBJECT_POSITIVE_INTEGER || d->via.u64 > 1u << 24) return NULL;
            shape[i] = (uint32_t)d->via.u64;
        }
        total *= shape[i];
        if (total > 1u << 30) return NULL;
    }
    *dims = s->via.array.size;
    if (total * sizeof(float) != data.len) return NULL;
    if ((uintptr_t)data.ptr % sizeof(float) == 0) return (const float *)(const void *)data.ptr;
    void *copy = casus_base_arena_get(arena, data.len); /* messages know no alignment */
    return copy ? memcpy(copy, data.ptr, data.len) : NULL;
}
