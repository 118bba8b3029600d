/** The command line {@code lockstep}: an HTTP client of the API that knows nothing of the server's classes. */
@NullMarked
package dev.lockstep.cli;

import org.jspecify.annotations.NullMarked;
