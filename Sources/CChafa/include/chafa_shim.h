// Plain C face of Chafa, which turns pictures into text and escape sequences that terminals show. It is loaded with dlopen
// on first use: most runs show no picture, and a missing library means that none is shown.
//
// What a terminal can do and how large the picture is is decided by the caller, Runtime/Console/InlinePicture.swift.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Ways to show a picture; the values are Chafa's.
enum chafa_way { chafa_symbols = 0, chafa_sixels = 1, chafa_kitty = 2, chafa_iterm2 = 3 };

/// Colours of symbols; the values are Chafa's.
enum chafa_colors {
    chafa_true_color = 0, chafa_256_colors = 1, chafa_16_colors = 3, chafa_no_color = 5, chafa_8_colors = 6
};

/// Loads the library if that has not happened. False when it is not there; then nothing below may be called.
bool chafa_load(void);

/// The best way for the terminal that the environment describes ("NAME=value" entries, NULL behind the last).
enum chafa_way chafa_detect(char *_Nullable *_Nonnull environment);

/// The picture as bytes for the terminal, to be freed with `chafa_free`; NULL when there is no memory.
/// `pixels` are red-green-blue, rows from the top; the size of the result is in cells of `cell_width` × `cell_height`.
char *_Nullable chafa_text(const uint8_t *_Nonnull pixels, int32_t width, int32_t height, int32_t columns, int32_t rows,
                           int32_t cell_width, int32_t cell_height, enum chafa_way way, enum chafa_colors colors,
                           size_t *_Nonnull length);

void chafa_free(char *_Nullable text);
