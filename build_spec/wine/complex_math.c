/* The complex functions of C99 as Microsoft's runtime exports them: a complex number is a structure
   of two parts, and a long double is a double. The work is done by the compiler's own library. */

#include <complex.h>

struct wide { double real, imaginary; };
struct narrow { float real, imaginary; };

static double complex from_wide(struct wide z) { return __builtin_complex(z.real, z.imaginary); }
static float complex from_narrow(struct narrow z) { return __builtin_complex(z.real, z.imaginary); }

static struct wide to_wide(double complex z)
{
    struct wide parts = { __real__ z, __imag__ z };
    return parts;
}

static struct narrow to_narrow(float complex z)
{
    struct narrow parts = { __real__ z, __imag__ z };
    return parts;
}

#define ANSWERS_NUMBER(name) \
    double own_##name(struct wide z) { return name(from_wide(z)); } \
    double own_##name##l(struct wide z) { return name(from_wide(z)); } \
    float own_##name##f(struct narrow z) { return name##f(from_narrow(z)); }

#define ANSWERS_COMPLEX(name) \
    struct wide own_##name(struct wide z) { return to_wide(name(from_wide(z))); } \
    struct wide own_##name##l(struct wide z) { return to_wide(name(from_wide(z))); } \
    struct narrow own_##name##f(struct narrow z) { return to_narrow(name##f(from_narrow(z))); }

ANSWERS_NUMBER(cabs)
ANSWERS_NUMBER(carg)
ANSWERS_NUMBER(cimag)
ANSWERS_NUMBER(creal)

ANSWERS_COMPLEX(cacos)
ANSWERS_COMPLEX(cacosh)
ANSWERS_COMPLEX(casin)
ANSWERS_COMPLEX(casinh)
ANSWERS_COMPLEX(catan)
ANSWERS_COMPLEX(catanh)
ANSWERS_COMPLEX(ccos)
ANSWERS_COMPLEX(ccosh)
ANSWERS_COMPLEX(cexp)
ANSWERS_COMPLEX(clog)
ANSWERS_COMPLEX(conj)
ANSWERS_COMPLEX(cproj)
ANSWERS_COMPLEX(csin)
ANSWERS_COMPLEX(csinh)
ANSWERS_COMPLEX(csqrt)
ANSWERS_COMPLEX(ctan)
ANSWERS_COMPLEX(ctanh)

struct wide own_cpow(struct wide base, struct wide power)
{
    return to_wide(cpow(from_wide(base), from_wide(power)));
}

struct wide own_cpowl(struct wide base, struct wide power)
{
    return own_cpow(base, power);
}

struct narrow own_cpowf(struct narrow base, struct narrow power)
{
    return to_narrow(cpowf(from_narrow(base), from_narrow(power)));
}
