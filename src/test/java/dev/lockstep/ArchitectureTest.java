package dev.lockstep;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.lockstep.domain.SecretValue;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The fences between the packages; each tells why it stands. */
@AnalyzeClasses(
        packages = {"dev.lockstep", "db.migration"},
        importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] SQL = {"java.sql..", "javax.sql..", "org.springframework.jdbc.."};

    @ArchTest
    static final ArchRule domain_is_plain_java = classes()
            .that(resideInAPackage("dev.lockstep.domain.."))
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.lockstep.domain..", "java..", "org.jspecify..")
            .because("the words outlive every framework")
            .as("the domain is plain Java");

    @ArchTest
    static final ArchRule ports_speak_the_domain =
            arrows("port", "domain").because("a contract that names a technology is the technology");

    @ArchTest
    static final ArchRule policy_reads_configuration =
            arrows("policy", "domain", "port").because("rules must be testable without a database or an engine");

    @ArchTest
    static final ArchRule steps_stand_on_ports =
            arrows("lifecycle", "domain", "port", "policy").because("every adapter has to be replaceable under a step");

    @ArchTest
    static final ArchRule engine_calls_steps =
            arrows("process", "domain", "port", "lifecycle").because("the model decides, and the step does the work");

    @ArchTest
    static final ArchRule generator_knows_ports =
            arrows("generate", "domain", "port").because("how a secret is made does not depend on what it is for");

    @ArchTest
    static final ArchRule probes_know_ports = arrows("probe", "domain", "port", "outbound")
            .because("who asks for the health of consumers changes nothing");

    @ArchTest
    static final ArchRule connections_are_made_in_one_way =
            arrows("outbound", "domain").because("where Lockstep may connect to is decided in one place");

    @ArchTest
    static final ArchRule stores_know_ports =
            arrows("store", "domain", "port").because("adding a store must not touch anything else");

    @ArchTest
    static final ArchRule targets_know_ports =
            arrows("target", "domain", "port", "outbound").because("adding a target must not touch anything else");

    @ArchTest
    static final ArchRule ledger_knows_ports =
            arrows("ledger", "domain", "port").because("its tables are nobody else's business");

    @ArchTest
    static final ArchRule audit_knows_ports =
            arrows("audit", "domain", "port").because("the trail must not depend on what it watches");

    @ArchTest
    static final ArchRule access_knows_ports =
            arrows("access", "domain", "port").because("who may do what is decided before anything is done");

    @ArchTest
    static final ArchRule signals_know_ports = arrows("signal", "domain", "port", "outbound")
            .because("whatever reports a leak, the answer to it is one process");

    @ArchTest
    static final ArchRule observers_know_ports =
            arrows("observe", "domain", "port").because("care goes around a port and never into an adapter");

    @ArchTest
    static final ArchRule notify_knows_ports =
            arrows("notify", "domain", "port", "outbound").because("adding a channel must not touch anything else");

    @ArchTest
    static final ArchRule delivery_knows_ports = arrows("delivery", "domain", "port", "outbound")
            .because("who reads what is told to the ledger, and which version to serve is asked there");

    @ArchTest
    static final ArchRule web_knows_ports =
            arrows("web", "domain", "port").because("a surface shows what ports tell, and so do all other surfaces");

    @ArchTest
    static final ArchRule dry_runs_bring_up_a_house = arrows("dryrun", "domain", "port", "lifecycle", "process")
            .because("a model is tried out with the real steps and engine, and a world that is made up");

    @ArchTest
    static final ArchRule command_line_is_a_client = classes()
            .that(resideInAPackage("dev.lockstep.cli.."))
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.lockstep.cli..",
                    "java..",
                    "javax.net.ssl..",
                    "org.jspecify..",
                    "picocli..",
                    "com.fasterxml.jackson..")
            .because("it is packaged without the server, and can do what every program can that uses the API");

    @ArchTest
    static final ArchRule command_line_is_unknown = noClasses()
            .that(not(resideInAPackage("dev.lockstep.cli..")))
            .should()
            .dependOnClassesThat(resideInAnyPackage("dev.lockstep.cli..", "picocli.."))
            .because("the server is packaged without the command line");

    @ArchTest
    static final ArchRule demo_is_unknown = noClasses()
            .that(not(resideInAPackage("dev.lockstep.demo..")))
            .should()
            .dependOnClassesThat(resideInAPackage("dev.lockstep.demo.."))
            .because("the packaged jar comes without the demo");

    @ArchTest
    static final ArchRule every_package_is_in_the_table = classes()
            .that(resideInAPackage("dev.lockstep.*.."))
            .should()
            .resideInAnyPackage(all(
                    "domain",
                    "port",
                    "policy",
                    "lifecycle",
                    "process",
                    "generate",
                    "probe",
                    "outbound",
                    "store",
                    "target",
                    "ledger",
                    "audit",
                    "access",
                    "delivery",
                    "signal",
                    "observe",
                    "notify",
                    "web",
                    "dryrun",
                    "cli",
                    "demo"))
            .because("a package without a place in the table has no fence around it");

    @ArchTest
    static final ArchRule packages_have_no_cycle = slices().matching("dev.lockstep.(*)..")
            .should()
            .beFreeOfCycles()
            .because("a reader needs an order to read in");

    @ArchTest
    static final ArchRule engine_is_behind_one_package = noClasses()
            .that(not(resideInAPackage("dev.lockstep.process..")))
            .should()
            .dependOnClassesThat(resideInAPackage("org.camunda.."))
            .because("another engine must stay a walk through one package");

    @ArchTest
    static final ArchRule sql_has_few_homes = noClasses()
            .that(not(resideInAnyPackage(
                    "dev.lockstep.ledger..",
                    "dev.lockstep.audit..",
                    "dev.lockstep.access..",
                    "dev.lockstep.store.embedded..",
                    "dev.lockstep.target.postgresql..",
                    "dev.lockstep.process.engine",
                    "dev.lockstep.demo..",
                    "db.migration")))
            .should()
            .dependOnClassesThat(resideInAnyPackage(SQL))
            .because("a table has one owner, and only its owner knows its columns");

    @ArchTest
    static final ArchRule only_the_schema_of_the_engine_is_sql = noClasses()
            .that(resideInAPackage("dev.lockstep.process..").and(not(simpleName("EngineSchema"))))
            .should()
            .dependOnClassesThat(resideInAnyPackage(SQL))
            .because("the engine reads and writes its tables itself");

    @ArchTest
    static final ArchRule stores_are_no_siblings = slices().matching("dev.lockstep.store.(*)..")
            .should()
            .notDependOnEachOther()
            .because("an adapter that leans on its sibling cannot be taken away");

    @ArchTest
    static final ArchRule targets_are_no_siblings = slices().matching("dev.lockstep.target.(*)..")
            .should()
            .notDependOnEachOther()
            .because("an adapter that leans on its sibling cannot be taken away");

    @ArchTest
    static final ArchRule engine_sees_no_secret = noClasses()
            .that(resideInAPackage("dev.lockstep.process.."))
            .should()
            .dependOnClassesThat()
            .areAssignableTo(SecretValue.class)
            .because("whatever the engine sees can end up in its variables, history and incidents");

    @ArchTest
    static final ArchRule steps_have_no_engine_driver_or_sql = noClasses()
            .that(resideInAPackage("dev.lockstep.lifecycle.."))
            .should()
            .dependOnClassesThat(resideInAnyPackage(SQL)
                    .or(resideInAnyPackage("javax.sql..", "org.camunda..", "org.postgresql..", "org.h2..")))
            .because("a step is the same for each engine, target and database");

    @ArchTest
    static final ArchRule time_comes_from_the_clock = noClasses()
            .should(callMethod(Instant.class, "now"))
            .orShould(callMethod(System.class, "currentTimeMillis"))
            .because("tests stop and move the one clock of the house");

    @ArchTest
    static final ArchRule one_clock = noClasses()
            .that(not(simpleName("LockstepApplication")).and(not(simpleName("Main"))))
            .should(callMethod(Clock.class, "systemUTC"))
            .orShould(callMethod(Clock.class, "systemDefaultZone"))
            .because("the clock is a bean");

    @ArchTest
    static final ArchRule no_connection_stays_open = noClasses()
            .should(callMethod(JdbcClient.MappedQuerySpec.class, "stream"))
            .because("such a stream keeps its connection until it is closed; take the list");

    @ArchTest
    static final ArchRule nobody_prints =
            noClasses().should(ACCESS_STANDARD_STREAMS).because("what a person should read goes to the log");

    /** Of Lockstep's own packages, {@code from} knows only itself and {@code known}. */
    private static ArchRule arrows(String from, String... known) {
        String[] own = all(Stream.concat(Stream.of(from), Arrays.stream(known)).toArray(String[]::new));
        return noClasses()
                .that(resideInAPackage("dev.lockstep." + from + ".."))
                .should()
                .dependOnClassesThat(resideInAPackage("dev.lockstep..").and(not(resideInAnyPackage(own))))
                .as("of Lockstep, " + from + " knows only " + String.join(", ", known));
    }

    private static String[] all(String... packages) {
        return Arrays.stream(packages)
                .map(name -> "dev.lockstep." + name + "..")
                .toArray(String[]::new);
    }
}
