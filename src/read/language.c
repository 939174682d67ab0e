/* language.c - the language of a text, by CLD2.
 *
 * CLD2 has a C++ interface and no other. What is declared here are the names that its functions
 * have in the library, with their arguments as C has them, so that no C++ compiler is needed. It
 * holds no state; the first LANGUAGE_LOOK bytes are looked at. */
#include "read/language.h"

#define LANGUAGE_LOOK (1u << 14)

/* CLD2::DetectLanguageSummary(buffer, length, is_plain_text, language3, percent3, text_bytes,
 * is_reliable); CLD2::LanguageCode(language). A CLD2::Language is an int. */
int casus_cld2_detect(
    const char *buffer, int length, bool plain, int *language3, int *percent3, int *text_bytes,
    bool *reliable) __asm__("_ZN4CLD221DetectLanguageSummaryEPKcibPNS_8LanguageEPiS4_Pb");
const char *casus_cld2_code(int language) __asm__("_ZN4CLD212LanguageCodeENS_8LanguageE");

bool casus_read_language(casus_slice text, const char **code, int *percent) {
    int languages[3] = {0}, percents[3] = {0}, bytes = 0;
    bool reliable = false;
    uint32_t n = text.len < LANGUAGE_LOOK ? text.len : LANGUAGE_LOOK;
    while (n && n < text.len && ((unsigned char)text.ptr[n] & 0xC0) == 0x80) n--;
    n = (uint32_t)casus_base_utf8_valid(text.ptr, n);
    if (n < CASUS_LANGUAGE_LEAST) return false;
    casus_cld2_detect(text.ptr, (int)n, true, languages, percents, &bytes, &reliable);
    if (!reliable || bytes < (int)CASUS_LANGUAGE_LEAST / 2) return false;
    *code = casus_cld2_code(languages[0]);
    *percent = percents[0];
    return *code && strcmp(*code, "un") != 0;
}
