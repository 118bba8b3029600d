package dev.lockstep.dryrun;

import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/** Keeps what tests bring out of the worlds of dry runs, as the application's own scan does. */
final class NoTests extends TypeExcludeFilter {

    static ObjectProvider<TypeExcludeFilter> provided() {
        return new ObjectProvider<>() {
            @Override
            public Stream<TypeExcludeFilter> stream() {
                return Stream.of(new NoTests());
            }
        };
    }

    @Override
    public boolean match(MetadataReader reader, MetadataReaderFactory factory) {
        return reader.getClassMetadata().getClassName().contains("Test");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoTests;
    }

    @Override
    public int hashCode() {
        return 1;
    }
}
