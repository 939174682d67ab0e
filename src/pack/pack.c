/* pack.c - opening a pack: mapping, checking, handing out sections.
 *
 * Opening costs O(sections); a section costs one pass of XXH3 over its bytes when asked for. Every
 * number read from the file is checked against the bytes that are there before it is used. Does not
 * look into sections, and does not guard against the file being cut short while it is mapped.
 */
#include "pack/pack_int.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

struct casus_pack {
    casus_memory memory;
    const unsigned char *bytes; /* aligned to CASUS_PACK_ALIGN */
    size_t len;
    bool mapped;               /* ours to unmap */
    const pack_entry *entries; /* [n], in the file */
    uint32_t n;
    char *path; /* for messages; NULL without a file */
};

static bool all_zero(const void *bytes, size_t len) {
    const unsigned char *b = bytes;
    for (size_t i = 0; i < len; i++) {
        if (b[i]) return false;
    }
    return true;
}

static casus_status check_header(const casus_pack *p, pack_header *h, casus_error *err) {
    if (p->len < sizeof *h) {
        size_t seen = p->len < sizeof h->magic ? p->len : sizeof h->magic;
        bool ours = seen && memcmp(p->bytes, CASUS_PACK_MAGIC, seen) == 0;
        return casus_base_fail_at(err, CASUS_E_FORMAT, p->path, 0, p->len, "%s",
                                  ours ? "pack is truncated" : "not a casus pack");
    }
    memcpy(h, p->bytes, sizeof *h);
    if (memcmp(h->magic, CASUS_PACK_MAGIC, sizeof h->magic) != 0) {
        return casus_base_fail_at(err, CASUS_E_FORMAT, p->path, 0, 0, "not a casus pack");
    }
    if (h->mark == CASUS_PACK_FOREIGN) {
        return casus_base_fail_at(err, CASUS_E_VERSION, p->path, 0, 12,
                                  "pack was made on a machine of the other byte order");
    }
    if (h->mark != CASUS_PACK_MARK || h->zero != 0 || !all_zero(h->zeroes, sizeof h->zeroes)) {
        return casus_base_fail_at(err, CASUS_E_FORMAT, p->path, 0, 0, "pack header is damaged");
    }
    if (h->version != CASUS_PACK_VERSION) {
        return casus_base_fail_at(err, CASUS_E_VERSION, p->path, 0, 8,
                                  "pack has version %u, this program reads version %u",
                                  (unsigned)h->version, CASUS_PACK_VERSION);
    }
    if (h->size != p->len) {
        return casus_base_fail_at(err, CASUS_E_FORMAT, p->path, 0, p->len,
                                  "pack %s: it has %zu bytes and should have %llu",
                                  h->size > p->len ? "is truncated" : "has bytes behind its end",
                                  p->len, (unsigned long long)h->size);
    }
    if (h->sections > CASUS_PACK_SECTIONS_MOST ||
        h->sections > (p->len - sizeof *h) / sizeof(pack_entry)) {
        return casus_base_fail_at(err, CASUS_E_FORMAT, p->path, 0, 24,
                                  "pack cannot hold %u sections", (unsigned)h->sections);
    }
    return CASUS_OK;
}

static casus_status check_table(const casus_pack *p, casus_error *err) {
    uint64_t next = sizeof(pack_header) + (uint64_t)p->n * sizeof(pack_entry);
    for (uint32_t i = 0; i < p->n; i++) {
        const pack_entry *e = &p->entries[i];
        const char *end = memchr(e->name, 0, sizeof e->name);
        bool sound = end && end > e->name && e->zero == 0 && e->offset == next &&
                     all_zero(end, (size_t)(e->name + sizeof e->name - end)) &&
                     e->offset <= p->len && e->size <= p->len - e->offset;
        for (uint32_t k = 0; sound && k < i; k++) {
            sound = memcmp(e->name, p->entries[k].name, sizeof e->name) != 0;
        }
        if (!sound) {
            return casus_base_fail_at(err, CASUS_E_FORMAT, p->path, 0,
                                      sizeof(pack_header) + (uint64_t)i * sizeof *e,
                                      "entry %u of the pack's section table is unsound",
                                      (unsigned)i + 1);
        }
        next = pack_aligned(e->offset + e->size);
    }
    if (next != p->len) {
        return casus_base_fail_at(err, CASUS_E_FORMAT, p->path, 0, next,
                                  "pack's sections do not fill it");
    }
    return CASUS_OK;
}

static casus_status check(casus_pack *p, casus_error *err) {
    pack_header h;
    casus_status status = check_header(p, &h, err);
    if (status != CASUS_OK) return status;
    const unsigned char *table = p->bytes + sizeof h;
    if (XXH3_64bits(table, h.sections * sizeof(pack_entry)) != h.table_checksum) {
        return casus_base_fail_at(err, CASUS_E_CHECKSUM, p->path, 0, sizeof h,
                                  "pack's section table does not match its checksum");
    }
    p->entries = (const pack_entry *)(const void *)table;
    p->n = h.sections;
    return check_table(p, err);
}

static casus_pack *pack_new(const casus_memory *memory, const char *path) {
    casus_pack *p = casus_base_alloc(memory, sizeof *p);
    if (!p) return NULL;
    memset(p, 0, sizeof *p);
    p->memory = *memory;
    if (path) {
        size_t n = strlen(path) + 1;
        p->path = casus_base_alloc(memory, n);
        if (!p->path) {
            casus_base_release(memory, p);
            return NULL;
        }
        memcpy(p->path, path, n);
    }
    return p;
}

static casus_status cannot(casus_error *err, const char *path, const char *what, int number) {
    if (number == ENOENT) {
        return casus_base_fail_at(err, CASUS_E_IO, path, 0, 0, "cannot %s: no such file", what);
    }
    return casus_base_fail_at(err, CASUS_E_IO, path, 0, 0, "cannot %s (errno %d)", what, number);
}

static casus_status map_file(casus_pack *p, casus_error *err) {
    int fd = open(p->path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return cannot(err, p->path, "open pack", errno);
    casus_status status = CASUS_OK;
    struct stat st;
    if (fstat(fd, &st) != 0) {
        status = cannot(err, p->path, "read pack's size", errno);
    } else if (!S_ISREG(st.st_mode)) {
        status = casus_base_fail_at(err, CASUS_E_IO, p->path, 0, 0, "pack is no regular file");
    } else if (st.st_size == 0) {
        status = casus_base_fail_at(err, CASUS_E_FORMAT, p->path, 0, 0, "pack is empty");
    } else if ((uint64_t)st.st_size > SIZE_MAX) {
        status = casus_base_fail_at(err, CASUS_E_LIMIT, p->path, 0, 0,
                                    "pack is larger than the address space");
    } else {
        void *bytes = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (bytes == MAP_FAILED) {
            status = cannot(err, p->path, "map pack", errno);
        } else {
            p->bytes = bytes;
            p->len = (size_t)st.st_size;
            p->mapped = true;
        }
    }
    close(fd);
    return status;
}

casus_status casus_pack_open(casus_pack **out, const char *path, const casus_memory *memory,
                             casus_error *err) {
    *out = NULL;
    casus_pack *p = pack_new(memory, path);
    if (!p) return casus_base_no_memory(err);
    casus_status status = map_file(p, err);
    if (status == CASUS_OK) status = check(p, err);
    if (status != CASUS_OK) {
        casus_pack_free(p);
        return status;
    }
    *out = p;
    return CASUS_OK;
}

casus_status casus_pack_open_bytes(casus_pack **out, const void *bytes, size_t len,
                                   const casus_memory *memory, casus_error *err) {
    *out = NULL;
    if ((uintptr_t)bytes % CASUS_PACK_ALIGN != 0) {
        return casus_base_fail(err, CASUS_E_ARGUMENT, "pack's bytes are not aligned to %u",
                               CASUS_PACK_ALIGN);
    }
    casus_pack *p = pack_new(memory, NULL);
    if (!p) return casus_base_no_memory(err);
    p->bytes = bytes;
    p->len = len;
    casus_status status = check(p, err);
    if (status != CASUS_OK) {
        casus_pack_free(p);
        return status;
    }
    *out = p;
    return CASUS_OK;
}

void casus_pack_free(casus_pack *pack) {
    if (!pack) return;
    if (pack->mapped) munmap((void *)(uintptr_t)pack->bytes, pack->len);
    casus_memory memory = pack->memory;
    casus_base_release(&memory, pack->path);
    casus_base_release(&memory, pack);
}

static const pack_entry *find(const casus_pack *pack, const char *name) {
    size_t n = strlen(name);
    if (n >= CASUS_PACK_NAME_BYTES) return NULL;
    for (uint32_t i = 0; i < pack->n; i++) {
        if (memcmp(pack->entries[i].name, name, n + 1) == 0) return &pack->entries[i];
    }
    return NULL;
}

casus_status casus_pack_section(const casus_pack *pack, const char *name, const void **bytes,
                                size_t *len, casus_error *err) {
    *bytes = NULL;
    *len = 0;
    const pack_entry *e = find(pack, name);
    if (!e) {
        return casus_base_fail_at(err, CASUS_E_FORMAT, pack->path, 0, 0,
                                  "pack has no section \"%s\"", name);
    }
    const unsigned char *at = pack->bytes + e->offset;
    size_t size = (size_t)e->size;
    size_t padding = (size_t)(pack_aligned(e->size) - e->size);
    if (XXH3_64bits(at, size) != e->checksum || !all_zero(at + size, padding)) {
        return casus_base_fail_at(err, CASUS_E_CHECKSUM, pack->path, 0, e->offset,
                                  "section \"%s\" of the pack does not match its checksum", name);
    }
    *bytes = at;
    *len = size;
    return CASUS_OK;
}

casus_status casus_pack_section_lazy(const casus_pack *pack, const char *name, const void **bytes,
                                     size_t *len, casus_error *err) {
    *bytes = NULL;
    *len = 0;
    const pack_entry *e = find(pack, name);
    if (!e) {
        return casus_base_fail_at(err, CASUS_E_FORMAT, pack->path, 0, 0,
                                  "pack has no section \"%s\"", name);
    }
    *bytes = pack->bytes + e->offset;
    *len = (size_t)e->size;
    return CASUS_OK;
}

uint64_t casus_pack_checksum(const casus_pack *pack) {
    return XXH3_64bits(pack->bytes, sizeof(pack_header)); /* it holds the checksum of the rest */
}

bool casus_pack_has(const casus_pack *pack, const char *name) {
    return find(pack, name) != NULL;
}
