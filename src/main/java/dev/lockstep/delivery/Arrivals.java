package dev.lockstep.delivery;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Identity;
import dev.lockstep.port.Identities;
import dev.lockstep.port.ReaderTokens;
import dev.lockstep.port.ReaderTokens.Token;
import dev.lockstep.port.Readings;
import dev.lockstep.port.Readings.Question;
import dev.lockstep.port.Readings.Standing;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds out for many at once whose tokens they bring, and how what they come for stands for them. */
final class Arrivals {

    /**
     * Somebody who comes with a token.
     *
     * @param hash of the token
     * @param wanted what he comes to read; empty when he comes for something else
     */
    record Arrival(String hash, Optional<CredentialName> wanted) {}

    /**
     * A valid token. Whether its holder may read what he wants is not decided by that.
     *
     * @param standing how it stands for him; empty when he wants nothing, and of what the ledger does not know
     */
    record Found(Token token, Map<Question, Standing> standing) {}

    private final ReaderTokens tokens;
    private final Identities identities;
    private final Readings readings;

    Arrivals(ReaderTokens tokens, Identities identities, Readings readings) {
        this.tokens = tokens;
        this.identities = identities;
        this.readings = readings;
    }

    /** Leaves out those whose tokens are not valid. */
    Map<Arrival, Found> find(Set<Arrival> arrivals) {
        Map<String, Token> valid =
                tokens.find(arrivals.stream().map(Arrival::hash).collect(Collectors.toSet()));
        Map<Arrival, Question> questions = new HashMap<>();
        arrivals.forEach(arrival -> question(arrival, valid).ifPresent(asked -> questions.put(arrival, asked)));
        Map<Question, Standing> standings =
                questions.isEmpty() ? Map.of() : readings.look(new HashSet<>(questions.values()));
        Map<Arrival, Found> found = new HashMap<>();
        for (Arrival arrival : arrivals) {
            Token token = valid.get(arrival.hash());
            if (token != null) {
                Question asked = questions.get(arrival);
                Standing standing = asked == null ? null : standings.get(asked);
                found.put(
                        arrival,
                        new Found(token, asked == null || standing == null ? Map.of() : Map.of(asked, standing)));
            }
        }
        return found;
    }

    private Optional<Question> question(Arrival arrival, Map<String, Token> valid) {
        return Optional.ofNullable(valid.get(arrival.hash()))
                .flatMap(token -> identities.identity(token.identity()))
                .map(Identity::consumer)
                .flatMap(consumer -> arrival.wanted().map(name -> new Question(name, consumer)));
    }
}
