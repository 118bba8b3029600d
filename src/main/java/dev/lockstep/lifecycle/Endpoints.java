package dev.lockstep.lifecycle;

import dev.lockstep.domain.Endpoint;
import dev.lockstep.port.Catalog;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Tells whether two configured targets are the same system. */
@Component
class Endpoints {

    private final Catalog catalog;

    Endpoints(Catalog catalog) {
        this.catalog = catalog;
    }

    /** By name, or by type and address. */
    boolean same(String one, String other) {
        if (one.equals(other)) {
            return true;
        }
        Optional<Endpoint> first = find(one);
        Optional<Endpoint> second = find(other);
        return first.isPresent()
                && second.isPresent()
                && first.get().type().equals(second.get().type())
                && first.get().settings().containsKey("host")
                && equal(first.get(), second.get(), "host")
                && equal(first.get(), second.get(), "port");
    }

    private static boolean equal(Endpoint one, Endpoint other, String setting) {
        return Objects.equals(one.settings().get(setting), other.settings().get(setting));
    }

    private Optional<Endpoint> find(String name) {
        return catalog.targets().stream()
                .filter(target -> target.name().equals(name))
                .findFirst();
    }
}
