package dev.lockstep.web;

import dev.lockstep.port.People;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * One role in the form of a user.
 *
 * @param environments separated by spaces; empty for everywhere
 */
record RoleLine(String role, String meaning, boolean limitable, boolean chosen, String environments) {

    /** The lines of the form, filled with the roles of a user. */
    static List<RoleLine> all(List<People.Kind> kinds, List<String> roles) {
        return kinds.stream().map(kind -> of(kind, roles)).toList();
    }

    /** The roles that the form was sent with. */
    static List<String> read(MultiValueMap<String, String> form) {
        List<String> roles = new ArrayList<>();
        for (String role : form.getOrDefault("role", List.of())) {
            List<String> environments = words(form.getFirst(role + "-in"));
            if (environments.isEmpty()) {
                roles.add(role);
            }
            environments.forEach(environment -> roles.add(role + "@" + environment));
        }
        return roles;
    }

    private static RoleLine of(People.Kind kind, List<String> roles) {
        String prefix = kind.role() + "@";
        List<String> environments = roles.stream()
                .filter(role -> role.startsWith(prefix))
                .map(role -> role.substring(prefix.length()))
                .toList();
        return new RoleLine(
                kind.role(),
                kind.meaning(),
                kind.limitable(),
                !environments.isEmpty() || roles.contains(kind.role()),
                String.join(" ", environments));
    }

    private static List<String> words(@Nullable String text) {
        return Stream.of(Objects.requireNonNullElse(text, "").split("[\\s,]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
