/**
 * Random programs of tasks, scopes, deadlines, channels and selects, run by Corona and by a model that has no coroutines; both
 * must tell the same. Start with {@link dev.corona.model.ModelTest}.
 */
@NullMarked
package dev.corona.model;

import org.jspecify.annotations.NullMarked;
