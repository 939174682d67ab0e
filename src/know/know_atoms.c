/* know_atoms.c - text into atoms, the units in which names are looked up.
 *
 * "U.S.-backed" is us, backed; "al-Shabaab" al, shabaab; "People's" people, s; "Jama'at" jamaat;
 * "Côte d'Ivoire" cote, divoire. So the cut does not depend on how a tokenizer cuts, and spellings
 * with and without hyphen, full stop, apostrophe or accent are one. Linear; letters beyond ASCII
 * cost an allocation in the arena. Knows no words. The phrases of the tables are found from left to
 * right, the longest first, at one hash probe an atom and one more for each length that some name
 * beginning so has.
 */
#include "know/know_int.h"

static bool is_letter(unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* U+2010 to U+2015 at byte i? */
static bool is_dash(casus_slice text, uint32_t i) {
    if (text.len - i < 3 || memcmp(text.ptr + i, "\xE2\x80", 2) != 0) return false;
    unsigned char c = (unsigned char)text.ptr[i + 2];
    return c >= 0x90 && c <= 0x95;
}

typedef struct cutter {
    char *out;
    uint32_t room, *used;
    know_atom *atoms;
    uint32_t n, most;
    uint32_t start;   /* of the atom under way, in out; CASUS_NONE: none */
    uint32_t letters; /* of it */
    uint8_t flags;    /* of it */
    uint8_t next;     /* flags for the next one */
} cutter;

static void end_atom(cutter *c) {
    if (c->start == CASUS_NONE) return;
    uint32_t len = *c->used - c->start;
    if (c->n < c->most && len <= UINT16_MAX && *c->used < c->room) {
        c->atoms[c->n++] = (know_atom){c->start, 0, (uint16_t)len, c->flags};
        c->out[(*c->used)++] = ' ';
    } else {
        *c->used = c->start;
    }
    c->start = CASUS_NONE;
    c->next = KNOW_ATOM_JOINED;
}

static void put(cutter *c, const char *bytes, uint32_t len, bool upper) {
    if (c->start == CASUS_NONE) {
        c->start = *c->used;
        c->letters = 0;
        c->flags = (uint8_t)(c->next | KNOW_ATOM_CAPS | (upper ? KNOW_ATOM_UPPER : 0));
        c->next = 0;
    }
    if (!upper) c->flags &= (uint8_t)~KNOW_ATOM_CAPS;
    c->letters++;
    if (len > c->room - *c->used) return; /* cannot happen with the room asked for */
    memcpy(c->out + *c->used, bytes, len);
    *c->used += len;
}

uint32_t know_atoms_cut(casus_slice text, casus_arena *arena, char *out, uint32_t room,
                        uint32_t *used, know_atom *atoms, uint32_t most, bool *breaks) {
    cutter c = {out, room, used, atoms, 0, most, CASUS_NONE, 0, 0, 0};
    *breaks = false;
    uint32_t i = 0;
    while (i < text.len) {
        unsigned char b = (unsigned char)text.ptr[i];
        casus_slice plain = {text.ptr + i, 1};
        uint32_t step = 1;
        bool upper = b >= 'A' && b <= 'Z';
        if (is_dash(text, i)) {
            b = '-';
            step = 3;
        } else if (b >= 0x80) {
            uint32_t cp;
            step = casus_base_utf8_get(text.ptr + i, text.len - i, &cp);
            casus_slice piece = {text.ptr + i, step};
            plain = casus_base_utf8_fold(arena, piece);
            casus_slice low = casus_base_utf8_lower(arena, piece);
            if (!plain.ptr || !low.ptr) return CASUS_NONE;
            upper = !casus_slice_eq(low, piece);
            if (plain.len == 0) { /* a mark or a direction sign: part of the word */
                i += step;
                continue;
            }
            b = (unsigned char)plain.ptr[0];
        }
        if (b >= 0x80 || is_letter(b)) {
            char low[1];
            if (plain.len == 1) {
                low[0] = (char)(b >= 'A' && b <= 'Z' ? b + 32 : b);
                put(&c, low, 1, upper);
            } else {
                put(&c, plain.ptr, plain.len, upper);
            }
            *breaks = false;
        } else if (b == '\'') {
            bool last = i + step < text.len && (text.ptr[i + step] | 32) == 's' &&
                        (i + step + 1 == text.len || text.ptr[i + step + 1] == ' ' ||
                         text.ptr[i + step + 1] == '-'); /* also inside a name of the tables */
            if (last) end_atom(&c);
        } else if (b == '-' || b == ' ') {
            end_atom(&c);
            if (b == ' ') c.next = 0;
        } else if (b == '&') {
            end_atom(&c);
            put(&c, "and", 3, false);
            end_atom(&c);
            *breaks = false;
        } else if (b != '.') {
            end_atom(&c);
            *breaks = true;
            c.next = KNOW_ATOM_BREAK | (strchr(",()/", (char)b) ? KNOW_ATOM_SOFT : 0);
        }
        i += step;
    }
    end_atom(&c);
    return c.n;
}

/* ---- of a document -------------------------------------------------------------------------- */

bool know_doc_atoms(know_doc *d) {
    const casus_parse *p = d->parse;
    size_t bytes = 64;
    for (uint32_t t = 0; t < p->n_tokens; t++) bytes += (size_t)p->tokens[t].form.len * 3 + 4;
    if (bytes > UINT32_MAX) bytes = UINT32_MAX;
    d->keys = casus_base_arena_get(d->scratch, bytes);
    if (!d->keys) return false;
    size_t cap = 0;
    uint32_t used = 0;
    bool breaks = true, soft = false;
    for (uint32_t t = 0; t < p->n_tokens; t++) {
        const casus_token *k = &p->tokens[t];
        if (k->flags & CASUS_TOKEN_SENT_START) {
            /* a sentence that begins within a name is no more than a comma */
            soft = t > 0 && p->tokens[t - 1].pos == CASUS_POS_PROPN && k->pos == CASUS_POS_PROPN &&
                   !breaks;
            breaks = true;
        }
        if (k->flags & CASUS_TOKEN_IS_SPACE) {
            if (memchr(k->form.ptr, '\n', k->form.len)) {
                breaks = true;
                soft = false;
            }
            continue;
        }
        if (d->n_atoms + KNOW_NAME_ATOMS > cap) {
            const size_t need = d->n_atoms ? d->n_atoms : (size_t)p->n_tokens + p->n_tokens / 8;
            know_atom *a = casus_base_arena_grow(d->scratch, d->atoms, d->n_atoms,
                                                 need + KNOW_NAME_ATOMS, &cap, sizeof *a);
            if (!a) return false;
            d->atoms = a;
        }
        bool ends;
        know_atom *a = d->atoms + d->n_atoms;
        uint32_t n = know_atoms_cut(k->form, d->scratch, d->keys, (uint32_t)bytes, &used, a,
                                    KNOW_NAME_ATOMS, &ends);
        if (n == CASUS_NONE) return false;
        if (n == 0) {
            bool mild = (k->form.len == 1 && strchr(",()/", k->form.ptr[0])) ||
                        (k->form.len == 3 && is_dash(k->form, 0));
            soft = mild && (!breaks || soft);
            breaks = breaks || ends || k->pos == CASUS_POS_PUNCT;
            /* a hyphen or an apostrophe of its own joins */
            bool before = t > 0 && p->tokens[t - 1].flags & CASUS_TOKEN_SPACE_AFTER;
            bool dash = k->form.len == 3 && is_dash(k->form, 0) && !before &&
                        !(k->flags & CASUS_TOKEN_SPACE_AFTER);
            if (dash || (k->form.len == 1 && (k->form.ptr[0] == '-' || k->form.ptr[0] == '\''))) {
                breaks = breaks && (k->flags & CASUS_TOKEN_SENT_START);
            }
            if (ends) breaks = true;
            continue;
        }
        for (uint32_t i = 0; i < n; i++) a[i].token = t;
        if (breaks) a[0].flags |= KNOW_ATOM_BREAK | (soft ? KNOW_ATOM_SOFT : 0);
        soft = false;
        if (t > 0 && !(p->tokens[t - 1].flags & (CASUS_TOKEN_SPACE_AFTER | CASUS_TOKEN_IS_SPACE))) {
            a[0].flags |= KNOW_ATOM_JOINED;
        }
        d->n_atoms += n;
        breaks = ends;
    }
    return true;
}

static bool is_shouted(const know_doc *d, uint32_t sent) {
    const casus_sentence *s = &d->parse->sentences[sent];
    uint32_t all = 0, caps = 0;
    for (uint32_t t = s->first; t < s->last; t++) {
        casus_slice f = know_token(d, t)->form;
        if (f.len < 2 || !is_letter((unsigned char)f.ptr[0])) continue;
        bool small = false;
        for (uint32_t i = 0; i < f.len; i++) small |= f.ptr[i] >= 'a' && f.ptr[i] <= 'z';
        all++;
        caps += !small;
    }
    return all >= 3 && caps * 10 >= all * 8;
}

/* Do the capitals of atoms i..i+n allow this target of a phrase `len` bytes long? */
static bool caps_fit(const know_doc *d, const know_target *x, uint32_t len, uint32_t i,
                     uint32_t n) {
    for (uint32_t k = 0; k < n; k++) {
        if (x->caps >> k & 1u && !(d->atoms[i + k].flags & KNOW_ATOM_UPPER)) return false;
    }
    if (!x->capitals) return true;
    const casus_token *t = know_token(d, d->atoms[i].token);
    if (!(d->atoms[i].flags & KNOW_ATOM_CAPS)) return len >= 4 && t->pos == CASUS_POS_PROPN;
    bool common = t->pos != CASUS_POS_PROPN && t->pos != CASUS_POS_NOUN && t->pos != CASUS_POS_ADJ;
    return !common || len > 4 || !is_shouted(d, t->sent);
}

/* What the targets of a phrase at atoms i..i+n are; marks are taken however they are written. */
static uint32_t hows_of(const know_doc *d, const know_layer *l, const know_phrase *p, uint32_t i,
                        uint32_t n, uint32_t *marks) {
    uint32_t hows = 0;
    for (uint32_t k = 0; k < p->n; k++) {
        const know_target *t = &l->targets[p->first + k];
        if (t->how == KNOW_HOW_MARKER) {
            *marks |= 1u << l->rows[t->row].aux;
        } else if (caps_fit(d, t, p->key.len, i, n)) {
            hows |= 1u << t->how;
        }
    }
    return hows;
}

/* The token of [first, last) whose head lies outside. */
static uint32_t head_of(const know_doc *d, uint32_t first, uint32_t last) {
    uint32_t head = CASUS_NONE;
    bool with_of = false;
    for (uint32_t t = first; t < last; t++) {
        const casus_token *k = know_token(d, t);
        if (k->pos == CASUS_POS_PUNCT || k->pos == CASUS_POS_SPACE) continue;
        if (k->pos == CASUS_POS_ADP) with_of = true;
        if (k->pos == CASUS_POS_PART && k->form.len <= 4) continue; /* 's */
        if (k->head != t && k->head >= first && k->head < last) continue;
        if (head == CASUS_NONE || !with_of) head = t;
    }
    return head == CASUS_NONE ? last - 1 : head;
}

/* "CJTF" in "CJTF-OIR": half of an abbreviation that the tables do not know. */
static bool is_half(const know_doc *d, const know_layer *l, uint32_t i) {
    if (i + 1 >= d->n_atoms || !(d->atoms[i].flags & KNOW_ATOM_CAPS)) return false;
    const know_atom *z = &d->atoms[i + 1];
    if (d->atoms[i].len < 2 || !(z->flags & KNOW_ATOM_CAPS)) return false;
    if (!(z->flags & KNOW_ATOM_JOINED) || z->flags & KNOW_ATOM_BREAK) return false;
    return know_phrase_of(l, d->keys + z->off, z->len) == CASUS_NONE;
}

/* "PA" in "PA-31", "AU" in "AU$90": a type or a currency. */
static bool is_figure(const know_doc *d, uint32_t i) {
    const casus_token *t = know_token(d, d->atoms[i].token);
    const uint32_t len = d->atoms[i].len;
    if (!(d->atoms[i].flags & KNOW_ATOM_CAPS) || len < 2 || t->form.len < len) return false;
    char next[2] = {0};
    uint32_t n = 0;
    for (uint32_t k = len; k < t->form.len && n < 2; k++) next[n++] = t->form.ptr[k];
    for (uint32_t k = d->atoms[i].token; n < 2 && k + 1 < d->parse->n_tokens; k++) {
        if (know_token(d, k)->flags & CASUS_TOKEN_SPACE_AFTER) break;
        const casus_slice f = know_token(d, k + 1)->form;
        for (uint32_t b = 0; b < f.len && n < 2; b++) next[n++] = f.ptr[b];
        if (!f.len) break;
    }
    return next[0] == '$' || (next[0] == '-' && next[1] >= '0' && next[1] <= '9');
}

#define HOWS_TO_MATCH (~((1u << KNOW_HOW_MARKER) | (1u << KNOW_HOW_FIRSTNAME)))

bool know_doc_matches(know_doc *d) {
    for (uint32_t i = 0, step; i < d->n_atoms; i += step) {
        know_match best = {0};
        step = 1;
        for (uint32_t y = 0; y < d->know->n_layers; y++) {
            const know_layer *l = &d->know->layers[y];
            const know_atom *a = &d->atoms[i];
            uint32_t one = know_phrase_of(l, d->keys + a->off, a->len);
            if (one == CASUS_NONE) continue;
            uint32_t most = l->phrases[one].longest, end = i + 1;
            uint32_t within = 0; /* atoms before a comma or the like */
            while (end < d->n_atoms && end - i < most) {
                uint8_t flags = d->atoms[end].flags;
                if (flags & KNOW_ATOM_BREAK && !(flags & KNOW_ATOM_SOFT)) break;
                if (flags & KNOW_ATOM_BREAK && !within) within = end - i;
                end++;
            }
            for (uint32_t n = end - i; n >= 1; n--) {
                const know_atom *z = &d->atoms[i + n - 1];
                uint32_t at =
                    n == 1 ? one : know_phrase_of(l, d->keys + a->off, z->off + z->len - a->off);
                if (at == CASUS_NONE || l->phrases[at].n == 0) continue;
                if (within && n > within && n < 4) continue; /* "Turkey, Armenia" */
                uint32_t marks = 0, hows = hows_of(d, l, &l->phrases[at], i, n, &marks);
                if (n == 1) d->words[a->token].marks |= marks;
                if (n <= best.atoms) break;
                if (!(hows & HOWS_TO_MATCH)) continue;
                if (n == 1 && (is_half(d, l, i) || is_figure(d, i))) continue;
                best.first = a->token;
                best.last = z->token + 1;
                best.phrase = at;
                best.hows = hows;
                best.layer = (uint8_t)y;
                best.atoms = (uint8_t)n;
                step = n;
            }
        }
        if (best.atoms == 0) continue;
        for (uint32_t k = i + 1; k < i + step; k++) { /* marks of the words inside */
            const know_layer *l = &d->know->layers[d->know->n_layers - 1];
            uint32_t one = know_phrase_of(l, d->keys + d->atoms[k].off, d->atoms[k].len);
            if (one == CASUS_NONE) continue;
            hows_of(d, l, &l->phrases[one], k, 1, &d->words[d->atoms[k].token].marks);
        }
        best.head = head_of(d, best.first, best.last);
        know_match *m = casus_base_arena_grow(d->scratch, d->matches, d->n_matches,
                                              (size_t)d->n_matches + 1, &d->cap_matches, sizeof *m);
        if (!m) return false;
        d->matches = m;
        m[d->n_matches] = best;
        for (uint32_t t = best.first; t < best.last; t++) {
            if (d->words[t].match == CASUS_NONE) d->words[t].match = d->n_matches;
        }
        d->n_matches++;
    }
    /* marks by lemma */
    const know_layer *l = &d->know->layers[d->know->n_layers - 1];
    for (uint32_t t = 0; t < d->parse->n_tokens; t++) {
        const casus_token *k = know_token(d, t);
        bool may = k->pos == CASUS_POS_VERB || k->pos == CASUS_POS_NOUN || k->pos == CASUS_POS_AUX;
        if (!may || casus_slice_eq(k->lemma, k->lower)) continue;
        uint32_t one = know_phrase_of(l, k->lemma.ptr, k->lemma.len);
        if (one == CASUS_NONE) continue;
        const know_phrase *ph = &l->phrases[one];
        for (uint32_t i = 0; i < ph->n; i++) {
            const know_target *x = &l->targets[ph->first + i];
            if (x->how == KNOW_HOW_MARKER) d->words[t].marks |= 1u << l->rows[x->row].aux;
        }
    }
    return true;
}
