/* language.h - private to src/read: the language of a text. */
#ifndef CASUS_READ_LANGUAGE_H
#define CASUS_READ_LANGUAGE_H

#include "base/base.h"

/* Bytes of a text below which nothing is said of its language. */
#define CASUS_LANGUAGE_LEAST 120u

/* True when the language of UTF-8 text is sure: its code ("en", "zh-Hant", constant) and the share
 * of the text that is in it, in percent. */
bool casus_read_language(casus_slice text, const char **code, int *percent);

#endif
