/** Plain Java made resumable: {@link dev.corona.weave.Weaver} rewrites class files. Start there. */
@org.jspecify.annotations.NullMarked
package dev.corona.weave;
