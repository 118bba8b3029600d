/** Tells the engine, behind its webapps and its REST interface, who is logged in. */
@NullMarked
package dev.lockstep.process.web;

import org.jspecify.annotations.NullMarked;
