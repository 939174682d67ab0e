/* date.c - days of publication as metadata, feeds and bylines write them.
 *
 * One pass over the first DATE_LOOK bytes, a token at a time. Does not know relative days, other
 * calendars, or which of two numbers is the month when both could be: such a date is not read. */
#include "read/read_words.h"

#define DATE_LOOK 200u

static bool digit(char c) {
    return c >= '0' && c <= '9';
}
static bool letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool valid(int32_t year, int32_t month, int32_t day, int32_t *out) {
    if (year < 1800 || year > 2199 || month < 1 || month > 12 || day < 1 ||
        day > casus_base_days_in_month(year, month))
        return false;
    *out = casus_base_day_of(year, month, day);
    return true;
}

/* The number at s[*at), at most nine digits; its length in digits, 0 when there is none. */
static uint32_t number(casus_slice s, uint32_t *at, int32_t *value) {
    uint32_t n = 0;
    *value = 0;
    while (*at < s.len && digit(s.ptr[*at])) {
        if (n < 9) *value = *value * 10 + (s.ptr[*at] - '0');
        n++;
        (*at)++;
    }
    return n;
}

/* "2024-05-03", "2024/5/3", "2024.05.03", "20240503", "03.05.2024", "23/05/2024" at s[at). */
static bool numeric(casus_slice s, uint32_t at, int32_t *day) {
    int32_t a, b, c;
    const uint32_t n = number(s, &at, &a);
    if (n == 8) return valid(a / 10000, a / 100 % 100, a % 100, day);
    if (at >= s.len || !memchr("-/.", s.ptr[at], 3)) return false;
    const char sep = s.ptr[at++];
    const uint32_t m = number(s, &at, &b);
    if (m == 0 || m > 2 || at >= s.len || s.ptr[at] != sep) return false;
    at++;
    const uint32_t k = number(s, &at, &c);
    if (n == 4 && (k == 1 || k == 2)) return valid(a, b, c, day);
    if (n > 2 || k != 4) return false;
    if (sep == '.' || a > 12) return valid(c, b, a, day);
    return b > 12 ? valid(c, a, b, day) : a == b && valid(c, a, b, day);
}

bool casus_read_date(const casus_words *words, casus_slice text, int32_t *day) {
    casus_slice s = casus_slice_trim(text);
    if (s.len > DATE_LOOK) s.len = DATE_LOOK;
    /* the last two numbers and the month seen, with how many tokens ago */
    int32_t of_month = 0, month = 0, value;
    unsigned since_day = 9, since_month = 9;
    for (uint32_t at = 0; at < s.len;) {
        if (digit(s.ptr[at])) {
            if (numeric(s, at, day)) return true;
            const uint32_t n = number(s, &at, &value);
            if (n == 4 && month && of_month && since_month <= 3 && since_day <= 3 &&
                valid(value, month, of_month, day))
                return true;
            if (n <= 2 && value >= 1 && value <= 31) {
                /* "10:00" is no day of a month */
                const bool time = at < s.len && s.ptr[at] == ':';
                if (!time && (since_month == 1 || since_month > 3 || !of_month)) {
                    of_month = value;
                    since_day = 0;
                }
                if (time) since_month = since_month < 9 ? since_month : 9;
            }
        } else if (letter(s.ptr[at])) {
            const uint32_t begin = at;
            while (at < s.len && letter(s.ptr[at])) at++;
            const int found =
                casus_read_words_month(words, casus_slice_of(s.ptr + begin, at - begin));
            if (found) {
                month = found;
                since_month = 0;
            } else if (at - begin == 2 && begin && digit(s.ptr[begin - 1])) {
                continue; /* "3rd" */
            } else if (at - begin == 1 && s.ptr[begin] == 'T') {
                continue;
            }
        } else {
            at++;
            continue;
        }
        since_day++;
        since_month++;
    }
    return false;
}

bool casus_read_date_url(const casus_words *words, casus_slice url, int32_t *day) {
    for (uint32_t i = 0; i + 8 < url.len && i < 2000; i++) {
        if (url.ptr[i] != '/' && url.ptr[i] != '-' && url.ptr[i] != '_' && url.ptr[i] != '=')
            continue;
        uint32_t at = i + 1;
        int32_t year, month, of_month;
        const uint32_t n = number(url, &at, &year);
        if (n == 8 && url.ptr[i] != '=' && valid(year / 10000, year / 100 % 100, year % 100, day) &&
            year / 10000 >= 1990 && year / 10000 < 2100)
            return true;
        if (n != 4 || year < 1990 || year > 2100 || at >= url.len) continue;
        const char sep = url.ptr[at++];
        if (sep != '/' && sep != '-') continue;
        const uint32_t begin = at;
        uint32_t m = number(url, &at, &month);
        if (!m) {
            while (at < url.len && letter(url.ptr[at])) at++;
            month = casus_read_words_month(words, casus_slice_of(url.ptr + begin, at - begin));
            m = month ? 2 : 0;
        }
        if (!m || m > 2 || at >= url.len || url.ptr[at] != sep) continue;
        at++;
        const uint32_t k = number(url, &at, &of_month);
        if ((k == 1 || k == 2) && valid(year, month, of_month, day)) return true;
    }
    return false;
}
