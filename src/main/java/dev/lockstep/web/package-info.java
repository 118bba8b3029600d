/** The REST API and the status page. */
@NullMarked
package dev.lockstep.web;

import org.jspecify.annotations.NullMarked;
