package dev.corona;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks methods that the weaver makes resumable although it sees no suspension point in their reach: one method, or all of
 * a class or package. Methods that call a suspension point themselves need no mark.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.PACKAGE})
public @interface Resumable {
    /**
     * Whether the methods get a direct form, too: one that is called until it is left for the first time, and costs about
     * what plain code costs. False for a class whose subclasses have resumable forms that the weaver did not make: each call of a direct form
     * would have to ask for them. The nearest mark counts: the method's, its class's, its package's.
     */
    boolean direct() default true;
}
