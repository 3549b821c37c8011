package dev.latent.server.config;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Requires a {@link ByteSize} between two others. */
@Documented
@Constraint(validatedBy = AtLeast.Check.class)
@Target({ElementType.METHOD, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface AtLeast {

    /** The smallest accepted size. */
    String value();

    /** The largest accepted size. */
    String most() default "1024t";

    /** The message. */
    String message() default "must be from {value} to {most}";

    /** Unused. */
    Class<?>[] groups() default {};

    /** Unused. */
    Class<? extends Payload>[] payload() default {};

    /** Checks a size. */
    final class Check implements ConstraintValidator<AtLeast, ByteSize> {

        private long least;
        private long most;

        @Override
        public void initialize(AtLeast bounds) {
            least = ByteSize.of(bounds.value()).bytes();
            most = ByteSize.of(bounds.most()).bytes();
        }

        @Override
        public boolean isValid(ByteSize value, ConstraintValidatorContext context) {
            return value == null || (value.bytes() >= least && value.bytes() <= most);
        }
    }
}
