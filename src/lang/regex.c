/* regex.c - regular expressions of the tokenizer and the attribute rules, by PCRE2 with its
 * just-in-time compiler where there is one.
 *
 * A pattern too large for PCRE2's compiled form is not handled here: the compiler of the pack
 * splits it. Matching is bounded by a limit of steps; past it a pattern counts as not matching. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "lang/model.h"
#include <pcre2.h>

#define REGEX_STEPS_MOST 200000u /* match limit: backtracking points of one match */
#define REGEX_HEAP_MOST 4096u    /* KiB of backtracking memory of one match */

static void *take(size_t size, void *hook) {
    return casus_base_alloc(hook, size);
}
static void give(void *ptr, void *hook) {
    casus_base_release(hook, ptr);
}

casus_status lang_regex_open(lang_regex *out, casus_slice pattern, const casus_memory *memory,
                             casus_error *err) {
    if (casus_base_utf8_valid(pattern.ptr, pattern.len) != pattern.len)
        return casus_base_fail(err, CASUS_E_FORMAT, "regular expression is no UTF-8");
    pcre2_general_context *general =
        pcre2_general_context_create(take, give, (void *)(uintptr_t)memory);
    pcre2_compile_context *context = general ? pcre2_compile_context_create(general) : NULL;
    int code = 0;
    size_t at = 0;
    out->jit = false;
    out->code = context
                    ? pcre2_compile((PCRE2_SPTR)pattern.ptr, pattern.len,
                                    PCRE2_UTF | PCRE2_UCP | PCRE2_NO_UTF_CHECK, &code, &at, context)
                    : NULL;
    pcre2_compile_context_free(context);
    pcre2_general_context_free(general);
    if (!context) return casus_base_no_memory(err);
    if (!out->code) {
        char text[128];
        pcre2_get_error_message(code, (PCRE2_UCHAR *)text, sizeof text);
        if (code == PCRE2_ERROR_HEAP_FAILED) return casus_base_no_memory(err);
        if (code == PCRE2_ERROR_PATTERN_TOO_LARGE || code == PCRE2_ERROR_PATTERN_TOO_COMPLICATED)
            return casus_base_fail(err, CASUS_E_LIMIT, "regular expression is too large");
        return casus_base_fail_at(err, CASUS_E_FORMAT, NULL, 0, at,
                                  "regular expression %.*s does not compile: %s",
                                  (int)(pattern.len < 60 ? pattern.len : 60), pattern.ptr, text);
    }
    out->jit = pcre2_jit_compile(out->code, PCRE2_JIT_COMPLETE) == 0;
    return CASUS_OK;
}

void lang_regex_free(lang_regex *r) {
    pcre2_code_free(r->code);
    r->code = NULL;
}

bool lang_regex_find(const lang_regex *r, const casus_lang_worker *w, casus_slice subject,
                     uint32_t start, uint32_t *begin, uint32_t *end) {
    int found = pcre2_match(r->code, (PCRE2_SPTR)subject.ptr, subject.len, start,
                            PCRE2_NO_UTF_CHECK, w->match, w->lang->match_context);
    if (found == PCRE2_ERROR_JIT_STACKLIMIT)
        found = pcre2_match(r->code, (PCRE2_SPTR)subject.ptr, subject.len, start,
                            PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT, w->match, w->lang->match_context);
    if (found < 0) return false;
    const size_t *v = pcre2_get_ovector_pointer(w->match);
    *begin = (uint32_t)v[0];
    *end = (uint32_t)v[1];
    return v[1] >= v[0];
}

void *lang_match_context_new(const casus_memory *memory) {
    pcre2_general_context *general =
        pcre2_general_context_create(take, give, (void *)(uintptr_t)memory);
    pcre2_match_context *context = general ? pcre2_match_context_create(general) : NULL;
    if (context) {
        pcre2_set_match_limit(context, REGEX_STEPS_MOST);
        pcre2_set_heap_limit(context, REGEX_HEAP_MOST);
    }
    pcre2_general_context_free(general);
    return context;
}
void lang_match_context_free(void *context) {
    pcre2_match_context_free(context);
}
void *lang_match_data_new(const casus_memory *memory) {
    pcre2_general_context *general =
        pcre2_general_context_create(take, give, (void *)(uintptr_t)memory);
    void *data = general ? pcre2_match_data_create(4, general) : NULL;
    pcre2_general_context_free(general);
    return data;
}
void lang_match_data_free(void *data) {
    pcre2_match_data_free(data);
}
