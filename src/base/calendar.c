/* calendar.c - day numbers of the proleptic Gregorian calendar.
 *
 * O(1); after H. Hinnant, "chrono-compatible low-level date algorithms". Knows no time of day, zone
 * or other calendar.
 */
#include "base/base.h"

int32_t casus_base_day_of(int32_t year, int32_t month, int32_t day) {
    int64_t y = (int64_t)year - (month <= 2);
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t yoe = y - era * 400;
    int64_t doy = (153 * ((int64_t)month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    int64_t number = era * 146097 + doe - 719468;
    if (number <= CASUS_NO_DAY || number > INT32_MAX) return CASUS_NO_DAY;
    return (int32_t)number;
}

void casus_base_day_split(int32_t day_number, int32_t *year, int32_t *month, int32_t *day) {
    int64_t z = (int64_t)day_number + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    int64_t m = mp < 10 ? mp + 3 : mp - 9;
    *day = (int32_t)(doy - (153 * mp + 2) / 5 + 1);
    *month = (int32_t)m;
    *year = (int32_t)(yoe + era * 400 + (m <= 2));
}

int32_t casus_base_day_weekday(int32_t day_number) {
    int64_t r = ((int64_t)day_number + 3) % 7; /* 1970-01-01 was a Thursday */
    return (int32_t)(r < 0 ? r + 7 : r) + 1;
}

int32_t casus_base_days_in_month(int32_t year, int32_t month) {
    if (month == 2) return 28 + ((year % 4 == 0 && year % 100 != 0) || year % 400 == 0);
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

static bool digits(const char *s, uint32_t n, int32_t *value) {
    *value = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (s[i] < '0' || s[i] > '9') return false;
        *value = *value * 10 + (s[i] - '0');
    }
    return true;
}

bool casus_base_day_parse(casus_slice iso, int32_t *day_number) {
    int32_t year, month, day;
    if (iso.len < 10 || iso.ptr[4] != '-' || iso.ptr[7] != '-') return false;
    if (iso.len > 10 && iso.ptr[10] != 'T' && iso.ptr[10] != ' ') return false;
    if (!digits(iso.ptr, 4, &year) || !digits(iso.ptr + 5, 2, &month) ||
        !digits(iso.ptr + 8, 2, &day)) {
        return false;
    }
    if (month < 1 || month > 12 || day < 1 || day > casus_base_days_in_month(year, month)) {
        return false;
    }
    *day_number = casus_base_day_of(year, month, day);
    return true;
}
