/** Schema changes that plain SQL for both databases cannot say. */
@NullMarked
package db.migration;

import org.jspecify.annotations.NullMarked;
