package dev.lockstep.target.postgresql;

import dev.lockstep.domain.Account;
import dev.lockstep.domain.Grants;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names in a template of grants. */
final class GrantNames {

    private static final String RESERVED = "pg_";

    private GrantNames() {}

    /** What the server would refuse, or understand as another name. */
    static List<String> objections(Account account, Grants grants) {
        List<String> objections = new ArrayList<>();
        if (!Quoting.isName(account.principal()) || account.principal().startsWith(RESERVED)) {
            objections.add("a role's name has 1 to " + Quoting.MAX_NAME_BYTES + " bytes and does not begin with "
                    + RESERVED + ", which is reserved: " + account.principal());
        }
        account.settings().keySet().stream()
                .filter(setting -> !AccountSettings.KNOWN.contains(setting))
                .sorted()
                .forEach(setting -> objections.add("there is no setting " + setting + "; known are "
                        + AccountSettings.KNOWN.stream().sorted().toList()));
        names(grants)
                .filter(name -> !Quoting.isName(name))
                .forEach(name ->
                        objections.add("a name in the grants has 1 to " + Quoting.MAX_NAME_BYTES + " bytes: " + name));
        return objections;
    }

    private static Stream<String> names(Grants grants) {
        return Stream.concat(
                grants.memberOf().stream(),
                grants.access().stream()
                        .flatMap(access -> Stream.of(
                                        Stream.of(access.database()),
                                        access.schema().stream(),
                                        access.futureTablesOf().stream())
                                .flatMap(part -> part)));
    }

    /** In the order in which the databases are named first. */
    static Map<String, List<Grants.Access>> byDatabase(Grants grants) {
        return grants.access().stream()
                .collect(Collectors.groupingBy(Grants.Access::database, LinkedHashMap::new, Collectors.toList()));
    }
}
