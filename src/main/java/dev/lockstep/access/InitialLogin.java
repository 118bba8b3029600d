package dev.lockstep.access;

import dev.lockstep.domain.SecretValue;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The login that was generated at the first start.
 *
 * @param user the first administrator's id
 * @param password only in the JVM that generated it, and only when {@code lockstep.access.print-initial-login} is set,
 *     so that a start-up summary can show it once
 * @param file where user and password stand, readable for the owner of the process only; may have been deleted since
 */
public record InitialLogin(String user, Optional<SecretValue> password, Path file) {}
