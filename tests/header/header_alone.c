/* header_alone.c - the public header stands on its own and may be included twice, in C and in C++;
 * it is only compiled (tests/CMakeLists.txt does so with all warnings as errors). */
#include <casus/casus.h>
#include <casus/casus.h>

static casus_status first_status(const casus_error *err) {
    return err ? err->status : CASUS_OK;
}

int main(void) {
    casus_error err = {CASUS_OK, "", "", 0, 0};
    return first_status(&err) == CASUS_OK ? 0 : 1;
}
