package dev.lockstep.access;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads grants from what a provider tells of somebody.
 *
 * @param claim the name of a claim, or a path into one with dots
 * @param grants what each value gives; other values give nothing
 */
record ProviderRoles(String claim, Map<String, Grants> grants) {

    Grants of(Map<String, Object> claims) {
        return Grants.merged(values(find(claims, claim)).stream()
                .map(value -> grants.getOrDefault(value, Grants.NONE))
                .flatMap(each -> each.list().stream())
                .toList());
    }

    /** A claim of the whole name goes first: some names are addresses with dots in them. */
    private static @Nullable Object find(Map<?, ?> claims, String path) {
        Object whole = claims.get(path);
        int dot = path.indexOf('.');
        if (whole != null || dot < 0) {
            return whole;
        }
        return claims.get(path.substring(0, dot)) instanceof Map<?, ?> inner
                ? find(inner, path.substring(dot + 1))
                : null;
    }

    private static List<String> values(@Nullable Object claim) {
        if (claim instanceof Collection<?> several) {
            return several.stream().map(String::valueOf).toList();
        }
        return claim instanceof String one ? List.of(one) : List.of();
    }
}
