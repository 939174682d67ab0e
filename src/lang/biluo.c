/* biluo.c - the name tagger: greedy BILUO transitions over the names' own encoder, as spaCy's
 * BiluoPushDown. One transition a token. */
#include "lang/model.h"

void lang_biluo(const casus_lang_worker *w, const lang_token *tokens, const uint8_t *sent_start,
                uint32_t first, uint32_t n, lang_span *spans, uint32_t *n_spans) {
    const moves_model *m = &w->lang->names;
    uint32_t open = CASUS_NONE, label = CASUS_NONE;
    *n_spans = 0;
    float scores[1024];
    for (uint32_t b = first; b < n; b++) {
        const uint32_t ids[3] = {b, open, open == CASUS_NONE ? CASUS_NONE : b - 1};
        lang_score(w, m, ids, scores);
        const bool inside = open != CASUS_NONE, more = b + 1 < n;
        const bool across = more && sent_start[b + 1];
        const bool blank = tokens[b].lex->is_space;
        uint32_t best = CASUS_NONE;
        for (uint32_t action = LANG_BEGIN; action <= LANG_OUT; action++) {
            uint32_t from = m->first[action], to = m->first[action + 1], i = CASUS_NONE;
            if (action == LANG_BEGIN  ? inside || !more || across || blank
                : action == LANG_IN   ? !inside || !more || across
                : action == LANG_LAST ? !inside
                : action == LANG_UNIT ? inside || blank
                                      : inside)
                continue;
            if (action == LANG_IN || action == LANG_LAST) { /* only the open name's kind */
                while (from < to && m->moves[from].label != label) from++;
                if (from < to) i = from;
            } else {
                /* the move without a label, the last of its action, is for given names only */
                if (action == LANG_UNIT && from < to && m->moves[to - 1].label == CASUS_NONE) to--;
                i = lang_best(scores, from, to);
            }
            if (i != CASUS_NONE && (best == CASUS_NONE || scores[i] > scores[best])) best = i;
        }
        if (best == CASUS_NONE) {
            open = CASUS_NONE;
            continue;
        }
        switch (m->moves[best].action) {
        case LANG_BEGIN:
            open = b;
            label = m->moves[best].label;
            break;
        case LANG_LAST:
            spans[(*n_spans)++] = (lang_span){open, b + 1, (uint16_t)label};
            open = CASUS_NONE;
            break;
        case LANG_UNIT:
            spans[(*n_spans)++] = (lang_span){b, b + 1, (uint16_t)m->moves[best].label};
            break;
        default:
            break;
        }
    }
}
