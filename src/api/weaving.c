/* weaving.c - a weave over a model's pack; all else of it is in src/weave and src/write. */
#include "api/api.h"
#include "weave/weave.h"

casus_status casus_weave_new(casus_weave **out, const casus_model *model, casus_error *err) {
    return casus_weave_open(out, model->pack, &model->memory, err);
}
