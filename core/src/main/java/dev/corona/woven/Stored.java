package dev.corona.woven;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Objects of the class are part of a suspended coroutine: it is stored and copied with them, field by field. Transient
 * fields are left out; a private method {@code restored()}, if the class has one, makes up for them. For Corona's own classes.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Stored {}
