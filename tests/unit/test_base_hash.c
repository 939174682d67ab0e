/* The hashes against golden values of spaCy 3.8 (spacy.strings.hash_string) and thinc 8.3
 * (NumpyOps().hash(keys, seed)), which the model's tables are indexed by. */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static const struct {
    const char *text;
    uint64_t hash;
} strings[] = {
    {"a", UINT64_C(0xA52BE5B3F6674B2A)},
    {"the", UINT64_C(0x670E66A635739A92)},
    {"Iran", UINT64_C(0x701D3185E2EDFAD8)},
    {"Erdo\xC4\x9F"
     "an",
     UINT64_C(0x71A5249CF29667A9)},
    {"ceasefire", UINT64_C(0xE1633E022E49D1B0)},
    {"cease-fire", UINT64_C(0xD0D2808C26D04004)},
    {"0123456", UINT64_C(0xD9B23E81758A597B)},
    {"01234567", UINT64_C(0x184B056C5E462BEF)},
    {"012345678", UINT64_C(0xDD5DA40231832E72)},
    {"Nagorno-Karabakh", UINT64_C(0x3DE23B2EFE167359)},
    {"ROOT", UINT64_C(0x71E4C4A4EF7DD04C)},
    {"\xE5\x81\x9C\xE6\x88\x98", UINT64_C(0x2086030D93D213EF)},
    {"\x0A\x0A", UINT64_C(0x0C9B669964B9998E)},
    {"\xE2\x80\x99s", UINT64_C(0x08889D8142A2A0B0)},
    {"Xxxxx", UINT64_C(0xDF0B8D4152049DD6)},
    {"dddd", UINT64_C(0xE58AF67995334081)},
};

static const struct {
    uint64_t key;
    uint32_t seed;
    uint32_t rows[4];
} keys[] = {
    {UINT64_C(0x0000000000000000), 0x0u, {0xCC57C3CBu, 0x28DF63B7u, 0xC4E8FE52u, 0xF2557DFCu}},
    {UINT64_C(0x0000000000000000), 0x1u, {0xE5476F20u, 0x73269217u, 0x6728CA0Cu, 0xF1FA3FC8u}},
    {UINT64_C(0x0000000000000000), 0x8u, {0x00000000u, 0x00000000u, 0x00000000u, 0x00000000u}},
    {UINT64_C(0x0000000000000000), 0xAu, {0x706C5DE8u, 0x3044B81Au, 0x37E8A35Bu, 0x18F96BCCu}},
    {UINT64_C(0x0000000000000000),
     0xFFFFFFFFu,
     {0xC9763842u, 0x8C14B778u, 0xC8351A98u, 0xC3B71E85u}},
    {UINT64_C(0x0000000000000001), 0x0u, {0xFB05C44Au, 0x004403B7u, 0xD36D9C06u, 0x3D8ACDB4u}},
    {UINT64_C(0x0000000000000001), 0x1u, {0xF33BDC48u, 0x3D9D8BA8u, 0x229C23E9u, 0xFD26C615u}},
    {UINT64_C(0x0000000000000001), 0x8u, {0x453BD91Cu, 0x85FA7376u, 0x67D9C5AAu, 0x48F7AD31u}},
    {UINT64_C(0x0000000000000001), 0xAu, {0x720FDA2Eu, 0x1B4D344Fu, 0xE4FE8B1Eu, 0x48E0298Au}},
    {UINT64_C(0x0000000000000001),
     0xFFFFFFFFu,
     {0x0AC302D5u, 0x1DC62F17u, 0x4C645903u, 0x5D9BF699u}},
    {UINT64_C(0x670E66A635739A92), 0x0u, {0x9F8A1825u, 0x68F600E3u, 0x798ED05Du, 0xAAB7BEC0u}},
    {UINT64_C(0x670E66A635739A92), 0x1u, {0x0D44F4AAu, 0x1BDEC056u, 0x55048967u, 0x10893DA5u}},
    {UINT64_C(0x670E66A635739A92), 0x8u, {0x8B0ABFDAu, 0x4E68860Du, 0x50901FC7u, 0x759CC914u}},
    {UINT64_C(0x670E66A635739A92), 0xAu, {0x6D9BA3D8u, 0x3E69CD14u, 0x15B1E7C3u, 0x559F5722u}},
    {UINT64_C(0x670E66A635739A92),
     0xFFFFFFFFu,
     {0x6E71A83Fu, 0x97D55F0Bu, 0x4F071208u, 0x68555C7Bu}},
    {UINT64_C(0x701D3185E2EDFAD8), 0x0u, {0xE8A5113Cu, 0xB093D078u, 0xCCEBFF4Eu, 0xE07750B5u}},
    {UINT64_C(0x701D3185E2EDFAD8), 0x1u, {0x45333AE8u, 0x76F18A7Au, 0x860852A6u, 0x6D32C4B8u}},
    {UINT64_C(0x701D3185E2EDFAD8), 0x8u, {0xA95609F6u, 0x5A1AF31Bu, 0x7E010EF1u, 0x87286CA9u}},
    {UINT64_C(0x701D3185E2EDFAD8), 0xAu, {0x88901F39u, 0xD3ED792Bu, 0x3C753977u, 0x7ACD78C9u}},
    {UINT64_C(0x701D3185E2EDFAD8),
     0xFFFFFFFFu,
     {0x909000A1u, 0xDF2B5FD2u, 0x74E6AB23u, 0xEAA88892u}},
    {UINT64_C(0xFFFFFFFFFFFFFFFF), 0x0u, {0x1ABAED73u, 0xA0E4B27Au, 0x6B4A46AFu, 0x692112C9u}},
    {UINT64_C(0xFFFFFFFFFFFFFFFF), 0x1u, {0x2BA7784Cu, 0xC59E3322u, 0x8D235C61u, 0xB2941419u}},
    {UINT64_C(0xFFFFFFFFFFFFFFFF), 0x8u, {0x9457286Eu, 0xB150A455u, 0x5E82BCA5u, 0x89F8F680u}},
    {UINT64_C(0xFFFFFFFFFFFFFFFF), 0xAu, {0x31096F7Du, 0x6D930629u, 0x9980088Au, 0x66042D74u}},
    {UINT64_C(0xFFFFFFFFFFFFFFFF),
     0xFFFFFFFFu,
     {0x05418BE5u, 0x28119258u, 0xF39D01FFu, 0xE242AD39u}},
    {UINT64_C(0x0000000100000000), 0x0u, {0x459A7EBBu, 0x237EBF69u, 0x3E83421Cu, 0x1C2CA43Bu}},
    {UINT64_C(0x0000000100000000), 0x1u, {0x9D699E85u, 0x1E19F0D5u, 0x50DEAB49u, 0xE8FF7C0Du}},
    {UINT64_C(0x0000000100000000), 0x8u, {0xFCF3B182u, 0x87687E00u, 0x7B6D8A43u, 0xCB1CBD01u}},
    {UINT64_C(0x0000000100000000), 0xAu, {0x6FF802C1u, 0xA995B1C0u, 0x61762CC1u, 0x0F772480u}},
    {UINT64_C(0x0000000100000000),
     0xFFFFFFFFu,
     {0xB37A0963u, 0xF332D107u, 0x340D0CD3u, 0x29525FE7u}},
    {UINT64_C(0x0123456789ABCDEF), 0x0u, {0x3277035Au, 0x995BB6C0u, 0x0FCD7479u, 0xA51C3D42u}},
    {UINT64_C(0x0123456789ABCDEF), 0x1u, {0x1F8D5250u, 0xEA53ADBDu, 0xE9FA1265u, 0x470C2B3Bu}},
    {UINT64_C(0x0123456789ABCDEF), 0x8u, {0x250BD1F8u, 0x71E8F6BAu, 0x3791BAF4u, 0x2ADD7217u}},
    {UINT64_C(0x0123456789ABCDEF), 0xAu, {0x1F772318u, 0x646690B7u, 0x1421F32Du, 0x0421A733u}},
    {UINT64_C(0x0123456789ABCDEF),
     0xFFFFFFFFu,
     {0xD01AC082u, 0x7ABCAE00u, 0x8F73FD57u, 0x3DE7ADD7u}},
};

static void strings_as_spacy(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) {
        assert_true(casus_base_hash64(strings[i].text, strlen(strings[i].text), 1) ==
                    strings[i].hash);
    }
    assert_true(casus_base_hash64(NULL, 0, 0) == 0);
    char bytes[32] = "-0123456789 not aligned"; /* any alignment gives the same */
    for (size_t i = 1; i < 8; i++) {
        char copy[32];
        memcpy(copy, bytes + i, 16);
        assert_true(casus_base_hash64(bytes + i, 16, 7) == casus_base_hash64(copy, 16, 7));
    }
}

static void rows_as_thinc(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        uint32_t rows[4];
        casus_base_hash_rows(keys[i].key, keys[i].seed, rows);
        assert_memory_equal(rows, keys[i].rows, sizeof rows);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings_as_spacy),
        cmocka_unit_test(rows_as_thinc),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
