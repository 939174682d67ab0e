/* tables.h - private to src/read: the tables of data/read as CMakeLists.txt builds them in. */
#ifndef CASUS_READ_TABLES_H
#define CASUS_READ_TABLES_H

#include <stddef.h>

extern const unsigned char casus_read_table_parts[], casus_read_table_lines[],
    casus_read_table_meta[], casus_read_table_agencies[], casus_read_table_months[],
    casus_read_table_languages[];
extern const size_t casus_read_table_parts_size, casus_read_table_lines_size,
    casus_read_table_meta_size, casus_read_table_agencies_size, casus_read_table_months_size,
    casus_read_table_languages_size;

#endif
