package dev.lockstep.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param page counted from 0
 * @param size the most items of a page
 */
record Page<T>(
        List<T> items,
        @Schema(description = "counted from 0") int page,
        @Schema(description = "the most items of a page") int size,
        int totalItems,
        int totalPages) {

    static final int MOST = 500;

    static <T> Page<T> of(List<T> all, int page, int size) {
        Inputs.between("page", page, 0, Integer.MAX_VALUE);
        Inputs.between("size", size, 1, MOST);
        int from = (int) Math.min((long) page * size, all.size());
        int to = Math.min(from + size, all.size());
        return new Page<>(all.subList(from, to), page, size, all.size(), (all.size() + size - 1) / size);
    }

    <R> Page<R> map(Function<T, R> view) {
        return new Page<>(items.stream().map(view).toList(), page, size, totalItems, totalPages);
    }
}
