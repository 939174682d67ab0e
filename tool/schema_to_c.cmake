# schema_to_c.cmake - turns src/store/schema.sql into C strings, a line each.
#
# usage: cmake -DIN=schema.sql -DOUT=schema_lines.h -P schema_to_c.cmake
file(READ "${IN}" text)
string(REPLACE "\\" "\\\\" text "${text}")
string(REPLACE "\"" "\\\"" text "${text}")
string(REPLACE "[" "\\133" text "${text}") # brackets and semicolons mean lists to CMake
string(REPLACE "]" "\\135" text "${text}")
string(REPLACE ";" "\\073" text "${text}")
string(REGEX REPLACE "([^\n]*)\n" "    \"\\1\",\n" text "${text}")
file(WRITE "${OUT}" "/* made by tool/schema_to_c.cmake from src/store/schema.sql */\n${text}")
