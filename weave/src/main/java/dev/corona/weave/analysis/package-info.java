/** What the weaver finds out about code before it changes any: types, live variables, held monitors, and who may suspend. */
@org.jspecify.annotations.NullMarked
package dev.corona.weave.analysis;
