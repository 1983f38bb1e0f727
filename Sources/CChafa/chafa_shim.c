// Finds Chafa and forwards to it (see the header). The declarations that Chafa's own headers would give stand here, as far
// as they are used: its interface is stable within libchafa.so.0, and nothing of GLib is needed to build.

#include "chafa_shim.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

// Of Chafa 1.6 and later: sequences are numbered in the order of chafa-term-seq-def.h, to which newer ones are appended.
enum { begin_sixels = 40, begin_kitty_image = 43, begin_iterm2_image = 47, rgb8 = 8 };

// Tags of symbols: space, solid, the blocks and their quarters, halves. Sextants and wedges are missing from many fonts.
enum { tag_space = 1 << 0, tag_solid = 1 << 1, tag_block = 1 << 3, tag_quad = 1 << 7, tag_halves = 3 << 8 };

/// GLib's string.
struct gstring {
    char *text;
    size_t length, allocated;
};

static struct {
    void *(*default_db)(void);
    void *(*detect)(void *db, char **environment);
    void *(*fallback)(void *db);
    int (*has_sequence)(const void *info, int sequence);
    void (*unref_info)(void *info);
    void *(*new_map)(void);
    void (*add_symbols)(void *map, int tags);
    void (*unref_map)(void *map);
    void *(*new_config)(void);
    void (*set_geometry)(void *config, int columns, int rows);
    void (*set_cell_geometry)(void *config, int width, int height);
    void (*set_pixel_mode)(void *config, int mode);
    void (*set_canvas_mode)(void *config, int mode);
    void (*set_symbols)(void *config, const void *map);
    void (*set_preprocessing)(void *config, int wanted);
    void (*set_ink)(void *config, uint32_t rgb);
    void (*set_paper)(void *config, uint32_t rgb);
    void (*unref_config)(void *config);
    void *(*new_canvas)(const void *config);
    void (*draw)(void *canvas, int type, const uint8_t *pixels, int width, int height, int stride);
    struct gstring *(*print)(void *canvas, void *info);
    void (*unref_canvas)(void *canvas);
    char *(*free_string)(struct gstring *string, int and_text);
} library;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static bool ready;

static bool resolve(void *handle, const char *name, void *slot) {
    void *symbol = dlsym(handle, name);
    *(void **)slot = symbol;
    return symbol != NULL;
}

static void load(void) {
    void *handle = dlopen("libchafa.so.0", RTLD_NOW | RTLD_LOCAL);
    if (!handle) return;
    ready = resolve(handle, "chafa_term_db_get_default", &library.default_db)
        && resolve(handle, "chafa_term_db_detect", &library.detect)
        && resolve(handle, "chafa_term_db_get_fallback_info", &library.fallback)
        && resolve(handle, "chafa_term_info_have_seq", &library.has_sequence)
        && resolve(handle, "chafa_term_info_unref", &library.unref_info)
        && resolve(handle, "chafa_symbol_map_new", &library.new_map)
        && resolve(handle, "chafa_symbol_map_add_by_tags", &library.add_symbols)
        && resolve(handle, "chafa_symbol_map_unref", &library.unref_map)
        && resolve(handle, "chafa_canvas_config_new", &library.new_config)
        && resolve(handle, "chafa_canvas_config_set_geometry", &library.set_geometry)
        && resolve(handle, "chafa_canvas_config_set_cell_geometry", &library.set_cell_geometry)
        && resolve(handle, "chafa_canvas_config_set_pixel_mode", &library.set_pixel_mode)
        && resolve(handle, "chafa_canvas_config_set_canvas_mode", &library.set_canvas_mode)
        && resolve(handle, "chafa_canvas_config_set_symbol_map", &library.set_symbols)
        && resolve(handle, "chafa_canvas_config_set_preprocessing_enabled", &library.set_preprocessing)
        && resolve(handle, "chafa_canvas_config_set_fg_color", &library.set_ink)
        && resolve(handle, "chafa_canvas_config_set_bg_color", &library.set_paper)
        && resolve(handle, "chafa_canvas_config_unref", &library.unref_config)
        && resolve(handle, "chafa_canvas_new", &library.new_canvas)
        && resolve(handle, "chafa_canvas_draw_all_pixels", &library.draw)
        && resolve(handle, "chafa_canvas_print", &library.print)
        && resolve(handle, "chafa_canvas_unref", &library.unref_canvas)
        // GLib comes with it.
        && resolve(handle, "g_string_free", &library.free_string);
}

bool chafa_load(void) {
    pthread_once(&once, load);
    return ready;
}

enum chafa_way chafa_detect(char **environment) {
    void *info = library.detect(library.default_db(), environment);
    if (!info) return chafa_symbols;
    enum chafa_way way = library.has_sequence(info, begin_kitty_image) ? chafa_kitty
        : library.has_sequence(info, begin_iterm2_image)               ? chafa_iterm2
        : library.has_sequence(info, begin_sixels)                     ? chafa_sixels
                                                                       : chafa_symbols;
    library.unref_info(info);
    return way;
}

static void *configured(int32_t columns, int32_t rows, int32_t cell_width, int32_t cell_height, enum chafa_way way,
                        enum chafa_colors colors) {
    void *config = library.new_config();
    library.set_geometry(config, columns, rows);
    library.set_cell_geometry(config, cell_width, cell_height);
    library.set_pixel_mode(config, (int)way);
    library.set_canvas_mode(config, (int)colors);
    // Without colours what is dark is drawn and what is white stays empty, as on paper: most pictures are charts.
    library.set_ink(config, colors == chafa_no_color ? 0x000000 : 0xFFFFFF);
    library.set_paper(config, colors == chafa_no_color ? 0xFFFFFF : 0x000000);
    // Contrast is not raised: the pale bands of charts would become as dark as their lines.
    library.set_preprocessing(config, 0);
    void *map = library.new_map();
    library.add_symbols(map, tag_space | tag_solid | tag_block | tag_quad | tag_halves);
    library.set_symbols(config, map);
    library.unref_map(map);
    return config;
}

char *chafa_text(const uint8_t *pixels, int32_t width, int32_t height, int32_t columns, int32_t rows,
                 int32_t cell_width, int32_t cell_height, enum chafa_way way, enum chafa_colors colors,
                 size_t *length) {
    void *config = configured(columns, rows, cell_width, cell_height, way, colors);
    void *canvas = library.new_canvas(config);
    library.unref_config(config);
    library.draw(canvas, rgb8, pixels, width, height, width * 3);
    // The sequences of a terminal that can do everything: the way has been chosen by what this one can.
    void *info = library.fallback(library.default_db());
    struct gstring *printed = library.print(canvas, info);
    library.unref_info(info);
    library.unref_canvas(canvas);
    if (!printed) return NULL;
    char *text = malloc(printed->length + 1);
    if (text) {
        memcpy(text, printed->text, printed->length);
        *length = printed->length;
    }
    library.free_string(printed, 1);
    return text;
}

void chafa_free(char *text) { free(text); }
