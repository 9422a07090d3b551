namespace Mlir.Tests.Ptx;

/// <summary>What the parser refuses, and where it says so.</summary>
public sealed class ParserTests
{
    [TestCase("", 1, 1, "'.version'")]
    [TestCase(".version 7.0\n.target sm_80\n.address_size 32\n", 3, 1, "64 bits")]
    [TestCase(".version 7.0\n.target sm_80\n.global .b32 x[99999999999];\n", 3, 14, "larger than")]
    [TestCase(".version 7.0\n.target sm_80\n.global .b32 x = {1, 2};\n", 3, 22, "more first values")]
    [TestCase(".version 7.0\n.target sm_80\n.extern .global .b32 x;\n", 3, 22, "not linked")]
    [TestCase(".version 7.0\n.target sm_80\n.global .align 3 .b32 x;\n", 3, 16, "power of two")]
    [TestCase(".version 7.0\n/* open", 2, 1, "no end")]
    [TestCase(".version 7.0\n.target sm_80\n.file 1 \"a\n", 3, 9, "no end")]
    [TestCase(".version 7.0\n.target sm_80\n.entry k()\n{\nret;\n", 6, 1, "the text ends")]
    [TestCase(".version 7.0\n.target sm_80\n.entry k()\n{\n}\n.entry k()\n{\n}\n", 6, 8, "defined twice")]
    public void Wrong_modules_are_refused_where_they_are_wrong(string text, int line, int column, string words)
    {
        var error = Assert.Throws<PtxParseException>(() => PtxModule.Parse(text))!;
        Assert.Multiple(() =>
        {
            Assert.That((error.Line, error.Column), Is.EqualTo((line, column)), error.Message);
            Assert.That(error.Message, Does.Contain(words));
            Assert.That(error.Message, Does.StartWith($"({line},{column}): error: "));
        });
    }

    [TestCase(
        "tcgen05.wait::ld.sync.aligned;",
        1,
        "'tcgen05.wait::ld.sync.aligned' is no instruction that is known here"
    )]
    [TestCase("add.s32 %r2, %r1;", 1, "takes 3 operands, and has 2")]
    [TestCase("add.s32 %r2, %r1, %rd1;", 19, "%rd1 is a register of type .b64, and .s32 is needed here")]
    [TestCase("add.s32 %r2, %r1, %r99;", 19, "neither declared nor a special register")]
    [TestCase("add.wrong.s32 %r2, %r1, %r1;", 1, "has .wrong, which is not known here")]
    [TestCase("add.f16x4 %r2, %r1, %r1;", 1, "needs a type")]
    [TestCase("bra NOWHERE;", 5, "a label of this function")]
    [TestCase("call missing;", 6, "a function that this module defines")]
    [TestCase("ld.param.b64 %rd3, [k_param_0+4];", 20, "outside of 'k_param_0', which has 8 bytes")]
    [TestCase("st.param.b64 [k_param_0], %rd3;", 1, "cannot be written")]
    [TestCase("mov.u32 %r2, %cluster_ctaid.x;", 14, "neither declared nor a special register")]
    [TestCase("ld.global.b32 %r2, %rd1;", 20, "expected an address")]
    [TestCase("mov.b64 {%r2,%r3,%r4}, %rd1;", 9, "3 values do not make one")]
    [TestCase("mma.sync.aligned.m16n8k16.row.row.f32.f16.f16.f32 {%f1}, {%r1}, {%r1}, {%f1};", 1, "needs one of .col")]
    [TestCase("@%r1 bra X;\nX:", 2, "%r1 is a register of type .b32, and .pred")]
    [TestCase("X:\nX:", 1, "stands twice")]
    [TestCase("lop3.b32 %r1, %r1, %r1, %r1, 256;", 1, "table from 0 to 255")]
    [TestCase("mov.b32 %r1, 0f3F80;", 14, "eight")]
    [TestCase("cvt.s32.f32 %r1, %f1;", 1, "needs .rni")]
    public void Wrong_instructions_are_refused_when_the_text_is_read(string instruction, int column, string words)
    {
        var error = Assert.Throws<PtxParseException>(() => Written.Kernel(instruction))!;
        Assert.Multiple(() =>
        {
            Assert.That(error.Message, Does.Contain(words));
            Assert.That(error.Column, Is.EqualTo(column), error.Message);
            Assert.That(error.Line, Is.InRange(Written.FirstLine(), Written.FirstLine() + 1));
        });
    }

    [Test]
    public void A_kernel_describes_itself()
    {
        var module = PtxModule.Parse(
            Written.Header
                + """
                .global .align 8 .b8 data[24];
                .const .align 4 .f32 factor = 0f40000000;
                .extern .shared .align 16 .b8 dynamic[];
                .visible .entry shape(
                    .param .u8 a,
                    .param .u64 .ptr .global .align 16 b,
                    .param .align 8 .b8 c[12],
                    .param .f32 d
                )
                .maxntid 128, 2
                .minnctapersm 4
                {
                    .shared .align 4 .b8 s[20];
                    .local .align 8 .b8 depot[24];
                    .reg .b64 %rd<9>;
                    .pragma "nounroll";
                    .loc 1 3 7
                    mov.b64 %rd1, dynamic;
                    mov.b64 %rd2, s;
                    mov.b64 %rd3, depot;
                    ret;
                }
                """
        );
        var kernel = module.Kernels["shape"];
        Assert.Multiple(() =>
        {
            Assert.That(module.Target, Is.EqualTo("sm_80"));
            Assert.That(module.Version, Is.EqualTo("7.0"));
            Assert.That(
                kernel.Parameters,
                Is.EqualTo(
                    new PtxParameter[] { new("a", 0, 1, 1), new("b", 8, 8, 8), new("c", 16, 12, 8), new("d", 28, 4, 4) }
                )
            );
            Assert.That(kernel.ParameterBytes, Is.EqualTo(32));
            Assert.That(kernel.StaticSharedBytes, Is.EqualTo(32));
            Assert.That(kernel.LocalBytes, Is.EqualTo(32));
            Assert.That(kernel.MaxThreadsPerBlock, Is.EqualTo(256));
            Assert.That(
                module.Variables.Values,
                Is.EquivalentTo(new PtxVariable[] { new("data", 24, 8, false), new("factor", 4, 4, true) })
            );
        });
    }

    /// <summary>Texts that were right, with pieces taken out, doubled, exchanged or put in, end in an error or in a module.</summary>
    [Test]
    public void Damaged_texts_neither_crash_nor_hang([Range(0, 9)] int seed)
    {
        var random = new Random(seed);
        string[] sources =
        [
            Written.Text(
                "bar.sync 0;\nld.global.v2.b32 {%r2,%r3}, [%rd2+8];\n@%p1 bra X;\nshfl.sync.bfly.b32 %r4|%p2, %r3, 1, 31, -1;\nX:\n{\n.param .b32 a;\nst.param.b32 [a], %r1;\ncall (a), f, (a);\n}\nL: .branchtargets X, X;\nbrx.idx %r1, L;\nmma.sync.aligned.m8n8k4.row.col.f64.f64.f64.f64 {%fd1,%fd2}, {%fd3}, {%fd4}, {%fd1,%fd2};",
                ".func (.param .b32 r) f(.param .b32 a)\n{\nret;\n}\n.global .align 8 .b8 x[8] = {1, 2, 0xFF};\n.global .b64 y = generic(x)+4;\n"
            ),
            Compiled.Ptx(
                "define ptx_kernel void @k(ptr addrspace(1) %p, float %s) {\n%x = load <4 x float>, ptr addrspace(1) %p, align 16\n%y = fmul <4 x float> %x, %x\nstore <4 x float> %y, ptr addrspace(1) %p, align 16\nret void\n}"
            ),
        ];
        const string Alphabet = "{}[]()<>,;:.@!|%+-0f_x\"/*\n\t a9";
        for (var round = 0; round < 400; round++)
        {
            var text = new System.Text.StringBuilder(sources[random.Next(sources.Length)]);
            for (var edits = random.Next(1, 6); edits > 0; edits--)
            {
                var at = random.Next(text.Length);
                var length = Math.Min(random.Next(1, 12), text.Length - at);
                _ = random.Next(4) switch
                {
                    0 => text.Remove(at, length),
                    1 => text.Insert(at, text.ToString(at, length)),
                    2 => text.Insert(at, Alphabet[random.Next(Alphabet.Length)]),
                    _ => text.Replace(text[at], Alphabet[random.Next(Alphabet.Length)], at, length),
                };
            }

            try
            {
                _ = PtxModule.Parse(text.ToString());
            }
            catch (PtxParseException error)
            {
                Assert.That(error.Line, Is.InRange(1, text.ToString().Count(c => c == '\n') + 1));
            }
        }
    }

    [Test]
    public void Deep_nesting_and_huge_announcements_are_refused_before_they_cost_anything()
    {
        var deep = new string('{', 100_000);
        Assert.Throws<PtxParseException>(() => Written.Kernel(deep));
        Assert.Throws<PtxParseException>(() => Written.Kernel("mov.b64 " + deep + ";"));
        Assert.Throws<PtxParseException>(() => Written.Kernel("mov.b64 " + new string('!', 100_000) + "%p1;"));
        Assert.Throws<PtxParseException>(() =>
            Written.Kernel(string.Concat(Enumerable.Repeat("%r1|", 100_000)) + "%r1;")
        );
        Assert.Throws<PtxParseException>(() => Written.Kernel(".local .b8 huge[1000000000];"));
        Assert.That(() => Written.Kernel(".reg .b64 %many<2000000000>;\nmov.b64 %many1999999999, 1;"), Throws.Nothing);
    }
}
