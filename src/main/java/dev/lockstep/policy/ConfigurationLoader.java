package dev.lockstep.policy;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.Identity;
import dev.lockstep.domain.OutboundRules;
import dev.lockstep.domain.Policy;
import dev.lockstep.domain.ReadRule;
import dev.lockstep.domain.Route;
import dev.lockstep.domain.SecretSchema;
import dev.lockstep.domain.SignalSource;
import dev.lockstep.domain.TargetLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads and checks all configuration files; accepts or refuses them as a whole. */
final class ConfigurationLoader {

    private final Adapters<?> targets;
    private final Adapters<?> stores;
    private final Adapters<?> channels;
    private final Adapters<?> reporters;
    private final Duration minimumInterval;
    private final OutboundRules outbound;
    private final Schemas schemas = new Schemas();

    /** With no address allowed that is not allowed everywhere. */
    ConfigurationLoader(
            Adapters<?> targets,
            Adapters<?> stores,
            Adapters<?> channels,
            Adapters<?> reporters,
            Duration minimumInterval) {
        this(targets, stores, channels, reporters, minimumInterval, OutboundRules.STANDARD);
    }

    /** @param outbound which addresses documents may name */
    ConfigurationLoader(
            Adapters<?> targets,
            Adapters<?> stores,
            Adapters<?> channels,
            Adapters<?> reporters,
            Duration minimumInterval,
            OutboundRules outbound) {
        this.outbound = outbound;
        this.targets = targets;
        this.stores = stores;
        this.channels = channels;
        this.reporters = reporters;
        this.minimumInterval = minimumInterval;
    }

    /**
     * Reads what the files say now.
     *
     * @param directory where the files are
     * @param now where the search for due times begins
     * @throws ConfigurationErrors with everything that is wrong
     */
    Snapshot load(String directory, Instant now) {
        return load(directory, now, List.of());
    }

    /** What is wrong with the files, and with documents that stand in none of them yet. */
    List<ConfigurationError> refusals(String directory, Instant now, List<Node> more) {
        try {
            load(directory, now, more);
            return List.of();
        } catch (ConfigurationErrors refused) {
            return refused.errors();
        }
    }

    private Snapshot load(String directory, Instant now, List<Node> more) {
        Problems problems = new Problems();
        Sources sources = Sources.in(directory, problems);
        return load(sources, now, problems, more, PublishedSchemas.NONE);
    }

    /**
     * Reads what the given files say.
     *
     * @throws ConfigurationErrors with everything that is wrong
     */
    Snapshot load(Sources sources, Instant now) {
        return load(sources, now, new Problems());
    }

    /** Adds to the problems that are known already. */
    Snapshot load(Sources sources, Instant now, Problems problems) {
        return load(sources, now, problems, PublishedSchemas.NONE);
    }

    /** @param published what must not be taken away from readers */
    Snapshot load(Sources sources, Instant now, Problems problems, PublishedSchemas published) {
        return load(sources, now, problems, List.of(), published);
    }

    /**
     * Credentials are read last and one by one, so that a hundred thousand of them need no more memory than what is
     * kept of them.
     */
    private Snapshot load(
            Sources sources, Instant now, Problems problems, List<Node> more, PublishedSchemas published) {
        Documents documents = new Documents(schemas, problems);
        SortedMap<String, byte[]> files = sources.documents();
        files.forEach((name, bytes) -> {
            if (!FileContent.of(bytes).onlyCredentials()) {
                YamlReader.read(bytes, sources.label(name), problems).forEach(documents::add);
            }
        });
        more.forEach(documents::add);
        PolicyReader policyReader = new PolicyReader(sources, minimumInterval, now, outbound);
        EndpointReader targetReader = new EndpointReader(targets, schemas);
        EndpointReader storeReader = new EndpointReader(stores, schemas);
        SortedMap<String, Policy> policies =
                read(documents, Kind.POLICY, document -> policyReader.read(document, problems), Policy::name);
        SortedMap<String, Endpoint> targetMap =
                read(documents, Kind.TARGET, document -> targetReader.read(document, problems), Endpoint::name);
        SortedMap<String, Endpoint> storeMap =
                read(documents, Kind.STORE, document -> storeReader.read(document, problems), Endpoint::name);
        List<Documents.Document> policyDocuments = documents.of(Kind.POLICY);
        PolicyRules rules = new RulesReader(documents.names(Kind.TARGET), problems).read(policyDocuments);
        CredentialReader credentialReader = new CredentialReader(
                new CredentialReader.Known(documents.names(Kind.TARGET), documents.names(Kind.STORE), policies),
                new AccountSettingsCheck(schemas, documents.of(Kind.TARGET)),
                new PolicyChoice(
                        rules, documents.names(Kind.POLICY), policies.size() == policyDocuments.size(), problems),
                problems);
        SecretSchemaReader schemaReader = new SecretSchemaReader(problems);
        SortedMap<String, SecretSchema> secretSchemas =
                read(documents, Kind.SECRET_SCHEMA, schemaReader::read, SecretSchema::kind);
        SchemaCheck schemaCheck = new SchemaCheck(secretSchemas, targetMap, problems);
        SortedMap<CredentialName, Credential> credentials = new TreeMap<>();
        NeighboursCheck neighbours = new NeighboursCheck(problems);
        documents.passOn(document -> {
            neighbours.note(document);
            credentialReader.read(document).ifPresent(credential -> {
                schemaCheck.credential(credential, document.node());
                credentials.put(credential.name(), credential);
            });
        });
        files.forEach((name, bytes) -> {
            if (FileContent.of(bytes).mayHoldCredentials()) {
                YamlReader.read(bytes, sources.label(name), problems).forEach(documents::add);
            }
        });
        more.forEach(documents::add);
        new ManagedReferenceCheck(documents, credentials, problems).run();
        neighbours.check(documents.names(Kind.CREDENTIAL));
        RouteReader routeReader = new RouteReader(new EndpointReader(channels, schemas));
        SortedMap<String, Route> routes = read(
                documents,
                Kind.CHANNEL,
                document -> routeReader.read(document, problems),
                route -> route.endpoint().name());
        IdentityReader identityReader = new IdentityReader(outbound);
        SortedMap<String, Identity> identities =
                read(documents, Kind.IDENTITY, document -> identityReader.read(document, problems), Identity::name);
        new SchemaPublication(published, secretSchemas, problems)
                .check(documents, schemaCheck, identities, credentials);
        SignalSourceReader sourceReader =
                new SignalSourceReader(new EndpointReader(reporters, schemas), documents.names(Kind.CREDENTIAL));
        SortedMap<String, SignalSource> signalSources = read(
                documents, Kind.SIGNAL_SOURCE, document -> sourceReader.read(document, problems), SignalSource::name);
        SortedMap<String, ReadRule> readRules =
                read(documents, Kind.READ_RULE, document -> ReadRuleReader.read(document, problems), ReadRule::name);
        LimitsReader limitsReader = new LimitsReader();
        SortedMap<String, TargetLimits> limits = new TreeMap<>();
        for (Documents.Document document : documents.of(Kind.TARGET)) {
            TargetLimits read = limitsReader.read(document, problems);
            document.node().text("name").ifPresent(name -> limits.put(name, read));
        }
        problems.refuseIfAny();
        Origins origins = Origins.of(policyDocuments, credentialReader.named());
        return new Snapshot(
                policies,
                targetMap,
                storeMap,
                credentials,
                routes,
                identities,
                signalSources,
                readRules,
                secretSchemas,
                limits,
                rules,
                origins);
    }

    private static <K extends Comparable<K>, V> SortedMap<K, V> read(
            Documents documents, Kind kind, Function<Documents.Document, Optional<V>> reader, Function<V, K> name) {
        SortedMap<K, V> read = new TreeMap<>();
        for (Documents.Document document : documents.of(kind)) {
            reader.apply(document).ifPresent(value -> read.put(name.apply(value), value));
        }
        return read;
    }
}
