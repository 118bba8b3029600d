package dev.lockstep.testing;

import java.io.IOException;
import java.util.Objects;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/** Keeps the beans of tests out of the application, which starts on the class path of the tests. */
public final class ShippedOnly extends TypeExcludeFilter {

    private static final String TESTS = Objects.requireNonNull(
                    ShippedOnly.class.getProtectionDomain().getCodeSource())
            .getLocation()
            .toString();

    @Override
    public boolean match(MetadataReader reader, MetadataReaderFactory factory) throws IOException {
        return reader.getResource().getURL().toString().startsWith(TESTS);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ShippedOnly;
    }

    @Override
    public int hashCode() {
        return ShippedOnly.class.hashCode();
    }
}
