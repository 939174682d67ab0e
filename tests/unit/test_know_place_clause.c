/* Where an act took place: the place that a clause is given in sentences of our own. Needs the
 * compiled pack beside the build; without it the test is passed over. */
#include "packed.h"
#include "api/api.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

typedef struct sentence {
    const char *text;
    const char *head; /* the clause's head as written */
    const char *want; /* the words of the place; NULL: none */
} sentence;

static const sentence sentences[] = {
    {"Rebels killed ten soldiers in Goma on Monday.", "killed", "Goma"},
    {"Two people died near Goris.", "died", "Goris"},
    {"A bomb exploded outside Kabul, Afghanistan.", "exploded", "Kabul"},
    {"Troops clashed with rebels in Syria.", "clashed", "Syria"},
    {"Troops shelled Goris overnight.", "shelled", "Goris"},
    {"Goris was shelled overnight.", "shelled", "Goris"},
    {"Turkey attacked Syria.", "attacked", NULL},
    {"Russia accused Ukraine of lying.", "accused", NULL},
    {"The attack in Djibo killed 200 soldiers.", "killed", "Djibo"},
    {"Gunmen attacked a base near Maiduguri.", "attacked", "Maiduguri"},
    {"Missiles hit a hospital in Gaza.", "hit", "Gaza"},
    {"Shells fell on the outskirts of Donetsk.", "fell", "Donetsk"},
    {"Gunmen opened fire in the town of Kankara in Katsina State.", "opened", "Kankara"},
    {"The army launched an offensive into Lebanon.", "launched", "Lebanon"},
    {"Protesters marched through Tbilisi.", "marched", "Tbilisi"},
    {"The ministers met in Geneva.", "met", "Geneva"},
    {"The shelling of Goris continued.", "shelling", "Goris"},
    {"Police in Nairobi said that gunmen killed two people in Mombasa.", "killed", "Mombasa"},
    {"Police arrested forty people during protests in Minsk.", "arrested", "Minsk"},
    {"In Kharkiv, drones killed three people.", "killed", "Kharkiv"},
};

static const casus_mention *find(const casus_doc *doc, const char *head) {
    const casus_parse *p = doc->layers.parse;
    for (uint32_t i = 0; i < p->n_clauses; i++) {
        if (!casus_slice_is(p->tokens[p->clauses[i].head].form, head)) continue;
        uint32_t m = casus_know_place_of_clause(doc->layers.mentions, p, i, CASUS_NONE);
        return m == CASUS_NONE ? NULL : &doc->layers.mentions->items[m];
    }
    return NULL;
}

static void places(void **state) {
    (void)state;
    casus_error err = {0};
    casus_model *model = NULL;
    casus_worker *worker = NULL;
    assert_int_equal(casus_model_open(&model, PACKED, NULL, &err), CASUS_OK);
    assert_int_equal(casus_worker_new(&worker, model, &err), CASUS_OK);
    unsigned failed = 0;
    for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++) {
        const sentence *s = &sentences[i];
        casus_options o = CASUS_OPTIONS_INIT;
        o.stop_after = CASUS_STOP_KNOW;
        casus_doc *doc = NULL;
        assert_int_equal(casus_code_text(&doc, worker, NULL, s->text, strlen(s->text), &o, &err),
                         CASUS_OK);
        const casus_mention *m = find(doc, s->head);
        const casus_token *t = doc->layers.parse->tokens;
        casus_slice got = CASUS_SLICE("");
        if (m)
            got =
                casus_slice_of(s->text + t[m->first].begin, t[m->last - 1].end - t[m->first].begin);
        if (!casus_slice_is(got, s->want ? s->want : "")) {
            print_message("%s: \"%.*s\"\n", s->text, (int)got.len, got.ptr);
            failed++;
        }
        casus_doc_free(doc);
    }
    casus_worker_free(worker);
    casus_model_free(model);
    assert_int_equal(failed, 0);
}

int main(void) {
    if (packed_missing()) return PACKED_SKIP;
    const struct CMUnitTest tests[] = {cmocka_unit_test(places)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
