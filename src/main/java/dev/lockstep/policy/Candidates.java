package dev.lockstep.policy;

import dev.lockstep.domain.Conflict;
import dev.lockstep.port.ConfigurationRecords;
import dev.lockstep.port.Configurations.Candidate;
import dev.lockstep.port.RefusedConfiguration;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The files of configurations that may come into force, or were. */
final class Candidates {

    private static final int MOST_ERRORS = 1000;

    private final LiveCatalog catalog;
    private final ConfigurationLoader loader;
    private final ConfigurationFiles files;
    private final ConfigurationRecords records;
    private final Clock clock;

    Candidates(
            LiveCatalog catalog,
            ConfigurationLoader loader,
            ConfigurationFiles files,
            ConfigurationRecords records,
            Clock clock) {
        this.catalog = catalog;
        this.loader = loader;
        this.files = files;
        this.records = records;
        this.clock = clock;
    }

    /** What somebody sends, or the files of this node. */
    Sources of(Candidate candidate, Problems problems) {
        Map<String, byte[]> given = candidate.files();
        if (given == null) {
            return files.read(problems);
        }
        if (!candidate.merge()) {
            return Sources.of(given);
        }
        String digest = catalog.inForce().digest();
        return kept(digest)
                .orElseThrow(() -> new Conflict("the files in force are not kept; send all files instead of some"))
                .under(given);
    }

    /** The files that have this digest; empty when they are not kept any more. */
    Optional<Sources> kept(String digest) {
        return records.content(digest).map(Sources::unpacked);
    }

    /**
     * What is in force already.
     *
     * @throws RefusedConfiguration with everything that is wrong
     */
    Snapshot load(Sources sources, Problems problems) {
        return load(sources, problems, PublishedSchemas.NONE);
    }

    /**
     * What would come after something.
     *
     * @param former what is in force, with the credentials that were issued on request
     * @throws RefusedConfiguration with everything that is wrong
     */
    Snapshot load(Sources sources, Problems problems, Snapshot former) {
        return load(
                sources,
                problems,
                new PublishedSchemas(
                        former.schemas(),
                        former.identities(),
                        former.credentials().values().stream()
                                .filter(credential -> !catalog.configured(credential.name()))
                                .toList()));
    }

    private Snapshot load(Sources sources, Problems problems, PublishedSchemas published) {
        try {
            return loader.load(sources, clock.instant(), problems, published);
        } catch (ConfigurationErrors refused) {
            throw refused(refused);
        }
    }

    /** Null when it is not kept any more, or not understood: then nothing is rescheduled because of it. */
    @Nullable
    Snapshot former(String digest) {
        try {
            return kept(digest)
                    .map(sources -> catalog.complete(loader.load(sources, clock.instant())))
                    .orElse(null);
        } catch (ConfigurationErrors notUnderstood) {
            return null;
        }
    }

    private static RefusedConfiguration refused(ConfigurationErrors refused) {
        return new RefusedConfiguration(
                refused.errors().size(),
                refused.errors().stream()
                        .limit(MOST_ERRORS)
                        .map(error -> new RefusedConfiguration.Flaw(
                                error.file(),
                                error.line(),
                                error.column(),
                                error.field(),
                                error.problem(),
                                error.advice()))
                        .toList());
    }
}
