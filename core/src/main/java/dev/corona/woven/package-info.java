/**
 * What woven code stands on: the strand it runs on, the frames it leaves behind, and how it links to other code.
 *
 * <p>Only code that the weaver made, and the kernel's woven engine, call in here; the names appear in class files, so they
 * are part of the format. {@link dev.corona.woven.Strand} explains how a woven method suspends and resumes.
 */
@org.jspecify.annotations.NullMarked
package dev.corona.woven;
