package dev.corona.weave.differential;

import java.util.Arrays;

/** Programs that together have every instruction that javac makes, with a call that may suspend amid their operands. */
@SuppressWarnings("all") // odd code is the point
public final class Opcodes {
    private static long shared;
    private double field;

    public static Object arithmetic(Points p) {
        int i = 17 + p.point("i");
        long l = 1L << 40 | p.point("l");
        float f = 2.5f + p.point("f");
        double d = 1e10 + p.point("d");
        i = (i * p.point(1) - i / 3 + i % 5) ^ (i & 6 | i << 2 >> 1 >>> 1) ^ -i;
        l = (l * p.point(2) - l / 3 + l % 5) ^ (l & 6 | l << 2 >> 1 >>> 1) ^ -l;
        f = -(f * p.point(3) - f / 3 + f % 5);
        d = -(d * p.point(4) - d / 3 + d % 5);
        return i + " " + l + " " + f + " " + d;
    }

    public static Object conversions(Points p) {
        int i = 300 + p.point("i");
        long l = i;
        float f = i;
        double d = i;
        l += (long) f + (long) d + p.point("l");
        f += (float) l + (float) d + p.point("f");
        d += (double) l + (double) f + p.point("d");
        i += (int) l + (int) f + (int) d;
        return "" + (byte) i + (char) ('a' + (i & 7)) + (short) i + (byte) p.point("b") + l + f + d;
    }

    public static Object comparisons(Points p) {
        long l = p.point("l");
        float f = p.point("f") / 2f;
        double d = p.point("d") / 2d;
        int bits = 0;
        if (l < p.point(1)) bits |= 1;
        if (f < p.point(2)) bits |= 2;
        if (f > p.point(3)) bits |= 4;
        if (d <= p.point(4)) bits |= 8;
        if (d >= p.point(5)) bits |= 16;
        int i = p.point("i");
        if (i == 0 || i < 0 && i != 7) bits |= 32;
        if (i >= 0 && i <= 0 || i > 0) bits |= 64;
        if (i != 0) bits |= 128;
        if (!(i < 0)) bits |= 256;
        if (i == p.point(6)) bits |= 512;
        if (i != p.point(7) && i < p.point(8) && i <= p.point(9)) bits |= 1024;
        if (i > p.point(10) || i >= p.point(11)) bits |= 2048;
        Object o = p.point("o") > 0 ? "o" : null;
        Object q = p.point("q") > 0 ? o : p;
        if (o == q) bits |= 4096;
        if (o != p) bits |= 8192;
        if (o == null || q != null) bits |= 16384;
        if (Float.NaN < f | Double.NaN > d) bits |= 32768;
        return bits + (o instanceof String s ? s : "none");
    }

    public static Object arrays(Points p) {
        boolean[] z = new boolean[2];
        byte[] b = new byte[2];
        char[] c = new char[2];
        short[] s = new short[2];
        int[] i = new int[2];
        long[] l = new long[2];
        float[] f = new float[2];
        double[] d = new double[2];
        String[] a = new String[2];
        long[][][] cube = new long[2][3][];
        cube[p.point("x") & 1][p.point("y") % 3] = l;
        boolean zz = z[p.point(0) & 1] = p.point("z") > 0;
        byte bb = b[p.point(1) & 1] += p.point("b");
        char cc = c[p.point(2) & 1] = (char) ('a' + (p.point("c") & 7));
        short ss = s[p.point(3) & 1]++;
        int ii = i[p.point(4) & 1] += p.point("i");
        long ll = l[p.point(5) & 1] += p.point("l");
        float ff = f[p.point(6) & 1] = p.point("f");
        double dd = d[p.point(7) & 1] -= p.point("d");
        String aa = a[p.point(8) & 1] += p.point("a");
        long before = l[p.point(9) & 1]++;
        z[1] ^= zz;
        s[1] += ss + p.point("s");
        return zz
                + " "
                + bb
                + cc
                + ss
                + ii
                + ll
                + ff
                + dd
                + aa
                + before
                + z[0]
                + b[1]
                + c[1]
                + s[1]
                + f[0]
                + d[1]
                + Arrays.deepToString(cube)
                + Arrays.toString(a)
                + i.length;
    }

    public static Object duplicates(Points p) {
        Opcodes self = new Opcodes();
        double d = self.field = self.field + p.point("field");
        double e = self.field++ + p.point("before");
        long l = shared = p.point("shared");
        long m = shared++ + p.point("after");
        long n = (shared += p.point("more")) * (self.field > 0 ? p.point("then") : 7L);
        Opcodes.ofLong(p);
        ofInt(p);
        Long boxed = l;
        Long old = boxed++;
        return d + e + l + m + n + boxed + old + self.field + shared + ofFloat(p) + ofDouble(p);
    }

    private static int ofInt(Points p) {
        return p.point("int");
    }

    private static long ofLong(Points p) {
        return 4L + p.point("long");
    }

    private static float ofFloat(Points p) {
        return 4f + p.point("float");
    }

    private static double ofDouble(Points p) {
        return 4d + p.point("double");
    }

    public static Object constants(Points p) {
        int[] ints = {p.point(-1), 0, 1, 2, 3, 4, 5, -1, 100, 1000, 100_000};
        long[] longs = {0, 1, p.point("long"), 1L << 50};
        float[] floats = {0, 1, 2, p.point("float"), 7.5f};
        double[] doubles = {0, 1, p.point("double"), 7.5};
        Object[] others = {null, "text", p.point("other"), String.class, int[].class, int.class};
        return Arrays.toString(ints)
                + Arrays.toString(longs)
                + Arrays.toString(floats)
                + Arrays.toString(doubles)
                + Arrays.toString(others);
    }

    public static Object jumps(Points p) {
        int sum = 0;
        for (int i = 0; i < 6; i++) {
            switch (i + 0 * p.point("dense")) {
                case 0, 1 -> sum += p.point("a");
                case 2 -> sum -= p.point("b");
                default -> sum *= 2;
            }
            switch (i * 1000 + 0 * p.point("sparse")) {
                case 1000 -> sum += p.point("c");
                case 4000 -> sum -= p.point("d");
                default -> sum++;
            }
        }
        synchronized (p) {
            sum++;
        }
        if (sum == -1) throw new IllegalStateException("never" + p.point("never"));
        return sum;
    }

    public static Object lowSlots(Points p) {
        return first(1, p)
                + first(2L, p)
                + first(3f, p)
                + first(4d, p)
                + first("s", p)
                + second(p, 5f, 6f)
                + second(p, 7d);
    }

    private static String first(int i, Points p) {
        i = i + p.point(i);
        return "" + (i + p.point("int"));
    }

    private static String first(long l, Points p) {
        l = l + p.point(l);
        return "" + (l + p.point("long"));
    }

    private static String first(float f, Points p) {
        f = f + p.point(f);
        return "" + (f + p.point("float"));
    }

    private static String first(double d, Points p) {
        d = d + p.point(d);
        return "" + (d + p.point("double"));
    }

    private static String first(String s, Points p) {
        s = s + p.point(s);
        return s + p.point("string");
    }

    private static String second(Points p, float f, float g) {
        f = f + p.point(f);
        g = g * f + p.point(g);
        return "" + f + g;
    }

    private static String second(Points p, double d) {
        d = d + p.point(d);
        return d + "" + p.point("second");
    }

    /** Its last variables have numbers above 255. */
    public static Object many(Points p) {
        int w0 = 0;
        int w1 = 1;
        int w2 = 2;
        int w3 = 3;
        int w4 = 4;
        int w5 = 5;
        int w6 = 6;
        int w7 = 7;
        int w8 = 8;
        int w9 = 9;
        int w10 = 10;
        int w11 = 11;
        int w12 = 12;
        int w13 = 13;
        int w14 = 14;
        int w15 = 15;
        int w16 = 16;
        int w17 = 17;
        int w18 = 18;
        int w19 = 19;
        int w20 = 20;
        int w21 = 21;
        int w22 = 22;
        int w23 = 23;
        int w24 = 24;
        int w25 = 25;
        int w26 = 26;
        int w27 = 27;
        int w28 = 28;
        int w29 = 29;
        int w30 = 30;
        int w31 = 31;
        int w32 = 32;
        int w33 = 33;
        int w34 = 34;
        int w35 = 35;
        int w36 = 36;
        int w37 = 37;
        int w38 = 38;
        int w39 = 39;
        int w40 = 40;
        int w41 = 41;
        int w42 = 42;
        int w43 = 43;
        int w44 = 44;
        int w45 = 45;
        int w46 = 46;
        int w47 = 47;
        int w48 = 48;
        int w49 = 49;
        int w50 = 50;
        int w51 = 51;
        int w52 = 52;
        int w53 = 53;
        int w54 = 54;
        int w55 = 55;
        int w56 = 56;
        int w57 = 57;
        int w58 = 58;
        int w59 = 59;
        int w60 = 60;
        int w61 = 61;
        int w62 = 62;
        int w63 = 63;
        int w64 = 64;
        int w65 = 65;
        int w66 = 66;
        int w67 = 67;
        int w68 = 68;
        int w69 = 69;
        int w70 = 70;
        int w71 = 71;
        int w72 = 72;
        int w73 = 73;
        int w74 = 74;
        int w75 = 75;
        int w76 = 76;
        int w77 = 77;
        int w78 = 78;
        int w79 = 79;
        int w80 = 80;
        int w81 = 81;
        int w82 = 82;
        int w83 = 83;
        int w84 = 84;
        int w85 = 85;
        int w86 = 86;
        int w87 = 87;
        int w88 = 88;
        int w89 = 89;
        int w90 = 90;
        int w91 = 91;
        int w92 = 92;
        int w93 = 93;
        int w94 = 94;
        int w95 = 95;
        int w96 = 96;
        int w97 = 97;
        int w98 = 98;
        int w99 = 99;
        int w100 = 100;
        int w101 = 101;
        int w102 = 102;
        int w103 = 103;
        int w104 = 104;
        int w105 = 105;
        int w106 = 106;
        int w107 = 107;
        int w108 = 108;
        int w109 = 109;
        int w110 = 110;
        int w111 = 111;
        int w112 = 112;
        int w113 = 113;
        int w114 = 114;
        int w115 = 115;
        int w116 = 116;
        int w117 = 117;
        int w118 = 118;
        int w119 = 119;
        int w120 = 120;
        int w121 = 121;
        int w122 = 122;
        int w123 = 123;
        int w124 = 124;
        int w125 = 125;
        int w126 = 126;
        int w127 = 127;
        int w128 = 128;
        int w129 = 129;
        int w130 = 130;
        int w131 = 131;
        int w132 = 132;
        int w133 = 133;
        int w134 = 134;
        int w135 = 135;
        int w136 = 136;
        int w137 = 137;
        int w138 = 138;
        int w139 = 139;
        int w140 = 140;
        int w141 = 141;
        int w142 = 142;
        int w143 = 143;
        int w144 = 144;
        int w145 = 145;
        int w146 = 146;
        int w147 = 147;
        int w148 = 148;
        int w149 = 149;
        int w150 = 150;
        int w151 = 151;
        int w152 = 152;
        int w153 = 153;
        int w154 = 154;
        int w155 = 155;
        int w156 = 156;
        int w157 = 157;
        int w158 = 158;
        int w159 = 159;
        int w160 = 160;
        int w161 = 161;
        int w162 = 162;
        int w163 = 163;
        int w164 = 164;
        int w165 = 165;
        int w166 = 166;
        int w167 = 167;
        int w168 = 168;
        int w169 = 169;
        int w170 = 170;
        int w171 = 171;
        int w172 = 172;
        int w173 = 173;
        int w174 = 174;
        int w175 = 175;
        int w176 = 176;
        int w177 = 177;
        int w178 = 178;
        int w179 = 179;
        int w180 = 180;
        int w181 = 181;
        int w182 = 182;
        int w183 = 183;
        int w184 = 184;
        int w185 = 185;
        int w186 = 186;
        int w187 = 187;
        int w188 = 188;
        int w189 = 189;
        int w190 = 190;
        int w191 = 191;
        int w192 = 192;
        int w193 = 193;
        int w194 = 194;
        int w195 = 195;
        int w196 = 196;
        int w197 = 197;
        int w198 = 198;
        int w199 = 199;
        int w200 = 200;
        int w201 = 201;
        int w202 = 202;
        int w203 = 203;
        int w204 = 204;
        int w205 = 205;
        int w206 = 206;
        int w207 = 207;
        int w208 = 208;
        int w209 = 209;
        int w210 = 210;
        int w211 = 211;
        int w212 = 212;
        int w213 = 213;
        int w214 = 214;
        int w215 = 215;
        int w216 = 216;
        int w217 = 217;
        int w218 = 218;
        int w219 = 219;
        int w220 = 220;
        int w221 = 221;
        int w222 = 222;
        int w223 = 223;
        int w224 = 224;
        int w225 = 225;
        int w226 = 226;
        int w227 = 227;
        int w228 = 228;
        int w229 = 229;
        int w230 = 230;
        int w231 = 231;
        int w232 = 232;
        int w233 = 233;
        int w234 = 234;
        int w235 = 235;
        int w236 = 236;
        int w237 = 237;
        int w238 = 238;
        int w239 = 239;
        int w240 = 240;
        int w241 = 241;
        int w242 = 242;
        int w243 = 243;
        int w244 = 244;
        int w245 = 245;
        int w246 = 246;
        int w247 = 247;
        int w248 = 248;
        int w249 = 249;
        int w250 = 250;
        int w251 = 251;
        int w252 = 252;
        int w253 = 253;
        int w254 = 254;
        int w255 = 255;
        int w256 = 256;
        int w257 = 257;
        int w258 = 258;
        int w259 = 259;
        long l = p.point("l");
        float f = p.point("f");
        double d = p.point("d");
        String a = "a" + p.point("a");
        int i = p.point("i");
        i++;
        w1 += 1000;
        i += 30_000;
        l += p.point("wide");
        f += l;
        d -= f;
        a += d;
        w0 += i + p.point("end");
        return a + w0 + w1 + w249 + l + f + d + i;
    }
}
