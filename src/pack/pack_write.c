/* pack_write.c - putting a pack together and saving it.
 *
 * Keeps a copy of every section until the writer is freed; saving is one pass. Same sections in the
 * same order give the same bytes. Does not read or change an existing pack.
 */
#include "pack/pack_int.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
#include <xxhash.h>

#define PACK_NAMES_TRIED 100 /* names tried for the temporary file */

struct casus_pack_writer {
    casus_memory memory;
    pack_entry entries[CASUS_PACK_SECTIONS_MOST];
    void *bytes[CASUS_PACK_SECTIONS_MOST];
    uint32_t n;
};

casus_status casus_pack_writer_new(casus_pack_writer **out, const casus_memory *memory,
                                   casus_error *err) {
    *out = NULL;
    casus_pack_writer *w = casus_base_alloc(memory, sizeof *w);
    if (!w) return casus_base_no_memory(err);
    memset(w, 0, sizeof *w);
    w->memory = *memory;
    *out = w;
    return CASUS_OK;
}

void casus_pack_writer_free(casus_pack_writer *writer) {
    if (!writer) return;
    casus_memory memory = writer->memory;
    for (uint32_t i = 0; i < writer->n; i++) casus_base_release(&memory, writer->bytes[i]);
    casus_base_release(&memory, writer);
}

casus_status casus_pack_writer_add(casus_pack_writer *writer, const char *name, const void *bytes,
                                   size_t len, casus_error *err) {
    size_t n = strlen(name);
    if (n == 0 || n >= CASUS_PACK_NAME_BYTES) {
        return casus_base_fail(err, CASUS_E_ARGUMENT, "section name \"%s\" is not of 1 to %u bytes",
                               name, CASUS_PACK_NAME_BYTES - 1);
    }
    for (uint32_t i = 0; i < writer->n; i++) {
        if (strcmp(writer->entries[i].name, name) == 0) {
            return casus_base_fail(err, CASUS_E_ARGUMENT, "section \"%s\" is added twice", name);
        }
    }
    if (writer->n == CASUS_PACK_SECTIONS_MOST) {
        return casus_base_fail(err, CASUS_E_LIMIT, "a pack has at most %u sections",
                               CASUS_PACK_SECTIONS_MOST);
    }
    void *copy = casus_base_alloc(&writer->memory, len);
    if (!copy) return casus_base_no_memory(err);
    if (len) memcpy(copy, bytes, len);
    pack_entry *e = &writer->entries[writer->n];
    memset(e, 0, sizeof *e);
    memcpy(e->name, name, n);
    e->size = len;
    e->checksum = XXH3_64bits(copy, len);
    writer->bytes[writer->n++] = copy;
    return CASUS_OK;
}

/* Writes everything; false with errno set. */
static bool put(int fd, const void *bytes, size_t len) {
    const char *p = bytes;
    while (len) {
        ssize_t n = write(fd, p, len);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) {
            if (n == 0) errno = EIO;
            return false;
        }
        p += n;
        len -= (size_t)n;
    }
    return true;
}

static bool put_all(const casus_pack_writer *w, int fd, const pack_header *h) {
    static const char zeroes[CASUS_PACK_ALIGN] = {0};
    if (!put(fd, h, sizeof *h) || !put(fd, w->entries, w->n * sizeof(pack_entry))) return false;
    for (uint32_t i = 0; i < w->n; i++) {
        uint64_t size = w->entries[i].size;
        if (!put(fd, w->bytes[i], (size_t)size)) return false;
        if (!put(fd, zeroes, (size_t)(pack_aligned(size) - size))) return false;
    }
    return fsync(fd) == 0;
}

static casus_status cannot(casus_error *err, const char *path, const char *what, int number) {
    return casus_base_fail_at(err, CASUS_E_IO, path, 0, 0, "cannot %s pack (errno %d)", what,
                              number);
}

casus_status casus_pack_writer_save(casus_pack_writer *writer, const char *path, casus_error *err) {
    uint64_t next = sizeof(pack_header) + (uint64_t)writer->n * sizeof(pack_entry);
    for (uint32_t i = 0; i < writer->n; i++) {
        writer->entries[i].offset = next;
        next = pack_aligned(next + writer->entries[i].size);
    }
    pack_header h;
    memset(&h, 0, sizeof h);
    memcpy(h.magic, CASUS_PACK_MAGIC, sizeof h.magic);
    h.version = CASUS_PACK_VERSION;
    h.mark = CASUS_PACK_MARK;
    h.size = next;
    h.sections = writer->n;
    h.table_checksum = XXH3_64bits(writer->entries, writer->n * sizeof(pack_entry));

    size_t room = strlen(path) + 64;
    char *part = casus_base_alloc(&writer->memory, room);
    if (!part) return casus_base_no_memory(err);
    int fd = -1;
    for (int i = 0; fd < 0 && i < PACK_NAMES_TRIED; i++) {
        snprintf(part, room, "%s.%ld-%d.part", path, (long)getpid(), i);
        fd = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd < 0 && errno != EEXIST) break;
    }
    casus_status status = CASUS_OK;
    if (fd < 0) {
        status = cannot(err, path, "create", errno);
    } else {
        bool written = put_all(writer, fd, &h);
        int number = errno;
        if (close(fd) != 0 && written) {
            written = false;
            number = errno;
        }
        if (!written) {
            status = cannot(err, path, "write", number);
        } else if (rename(part, path) != 0) {
            status = cannot(err, path, "rename", errno);
        }
        if (status != CASUS_OK) unlink(part);
    }
    casus_base_release(&writer->memory, part);
    return status;
}
