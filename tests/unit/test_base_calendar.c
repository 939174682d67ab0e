/* Day numbers against a calendar counted day by day. */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static void days_follow_one_another(void **state) {
    (void)state;
    int32_t number = casus_base_day_of(-500, 1, 1), weekday = casus_base_day_weekday(number);
    for (int32_t year = -500; year < 3000; year++) {
        int32_t length = 0;
        for (int32_t month = 1; month <= 12; month++) {
            int32_t days = casus_base_days_in_month(year, month);
            for (int32_t day = 1; day <= days; day++) {
                int32_t y, m, d;
                casus_base_day_split(number, &y, &m, &d);
                if (casus_base_day_of(year, month, day) != number || y != year || m != month ||
                    d != day || casus_base_day_weekday(number) != weekday) {
                    print_error("%d-%d-%d\n", (int)year, (int)month, (int)day);
                    fail();
                }
                number++;
                weekday = weekday % 7 + 1;
                length++;
            }
        }
        bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        assert_int_equal(length, leap ? 366 : 365);
    }
}

static void known_days(void **state) {
    (void)state;
    assert_int_equal(casus_base_day_of(1970, 1, 1), 0);
    assert_int_equal(casus_base_day_of(2000, 3, 1), 11017);
    assert_int_equal(casus_base_day_of(2022, 11, 17), 19313);
    assert_int_equal(casus_base_day_weekday(0), 4);
    assert_int_equal(casus_base_day_weekday(19313), 4);
    assert_int_equal(casus_base_day_weekday(-1), 3);
    assert_int_equal(casus_base_days_in_month(1900, 2), 28);
    assert_int_equal(casus_base_days_in_month(2000, 2), 29);
    assert_int_equal(casus_base_day_of(INT32_MAX, 1, 1), CASUS_NO_DAY);
    assert_int_equal(casus_base_day_of(INT32_MIN, 12, 31), CASUS_NO_DAY);
    int32_t y, m, d;
    static const int32_t ends[] = {INT32_MAX, INT32_MIN + 1};
    for (size_t i = 0; i < 2; i++) {
        casus_base_day_split(ends[i], &y, &m, &d);
        assert_int_equal(casus_base_day_of(y, m, d), ends[i]);
    }
}

static void parsing(void **state) {
    (void)state;
    int32_t day;
    static const char *const good[] = {"2022-11-17", "2022-11-17T08:00:00Z", "2022-11-17 08:00"};
    for (size_t i = 0; i < 3; i++) {
        day = 0;
        assert_true(casus_base_day_parse(casus_slice_z(good[i]), &day));
        assert_int_equal(day, 19313);
    }
    assert_true(casus_base_day_parse(CASUS_SLICE("0000-02-29"), &day));
    static const char *const bad[] = {
        "",           "2022",        "2022-11",     "2022-11-1",   "2022-13-01",
        "2022-00-01", "2022-11-31",  "2022-11-00",  "2023-02-29",  "22-11-17",
        "2022/11/17", "2022-11-17x", "2022-11-170", " 2022-11-17", "+022-11-17",
        "2022-1a-17", "2022-11-1:",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(casus_base_day_parse(casus_slice_z(bad[i]), &day));
    }
    assert_false(casus_base_day_parse((casus_slice){NULL, 0}, &day));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_follow_one_another),
        cmocka_unit_test(known_days),
        cmocka_unit_test(parsing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
