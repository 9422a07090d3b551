using Mlir.IR.Text;

namespace Mlir.Tests.IR.Text;

[TestFixture]
public sealed class ParserErrorTests
{
    [TestCase("\"t.a\"(%x) : (i32) -> ()", "t.mlir(1,7): error MLIR1031: use of undeclared SSA value name '%x'")]
    [TestCase("\"t.a\"(%x#1) : (i32) -> ()", "t.mlir(1,7): error MLIR1031: use of undeclared SSA value name '%x#1'")]
    [TestCase(
        "%x = \"t.a\"() : () -> i32\n\"t.a\"(%x) : (i64) -> ()",
        "t.mlir(2,7): error MLIR1032: use of value '%x' expects different type than prior uses: 'i64' vs 'i32'\n  t.mlir(1,2): note: prior use here"
    )]
    [TestCase(
        "%x = \"t.a\"() : () -> i32\n%x = \"t.a\"() : () -> i32",
        "t.mlir(2,1): error MLIR1030: redefinition of SSA value '%x'\n  t.mlir(1,2): note: previously defined here"
    )]
    [TestCase(
        "\"t.a\"(%x) : (i32) -> ()\n%x = \"t.a\"() : () -> i64",
        "t.mlir(2,1): error MLIR1033: definition of SSA value '%x#0' has type i64\n  t.mlir(1,7): note: previously used here with type i32"
    )]
    [TestCase(
        "%x = \"t.a\"() : () -> i32\n\"t.a\"(%x#3) : (i32) -> ()",
        "t.mlir(2,7): error MLIR1034: reference to invalid result number"
    )]
    [TestCase(
        "%x:3 = \"t.a\"() : () -> (i32, i32)",
        "t.mlir(1,1): error MLIR1035: operation defines 2 results but was provided 3 to bind"
    )]
    [TestCase(
        "%x:9999999999 = \"t.a\"() : () -> i32",
        "t.mlir(1,4): error MLIR1011: expected named operation to have at least 1 result"
    )]
    [TestCase("%x = \"t.a\"() : () -> ()", "t.mlir(1,1): error MLIR1011: cannot name an operation with no results")]
    [TestCase(
        "\"t.a\"() ({\n^a:\n^a:\n}) : () -> ()",
        "t.mlir(3,1): error MLIR1040: redefinition of block '^a'\n  t.mlir(2,1): note: previously defined here"
    )]
    [TestCase(
        "\"t.a\"() ({\n  \"t.b\"()[^q] : () -> ()\n}) : () -> ()",
        "t.mlir(2,11): error MLIR1041: reference to an undefined block '^q'"
    )]
    [TestCase("\"t.a\"(", "t.mlir(1,7): error MLIR1010: expected ')', got the end of the text")]
    [TestCase("\"t.a\"() : () -> i32x", "t.mlir(1,17): error MLIR1010: expected a type, got 'i32x'")]
    [TestCase(
        "\"t.a\"() {a = 300 : i8} : () -> ()",
        "t.mlir(1,14): error MLIR1013: integer constant out of range for 'i8'"
    )]
    [TestCase(
        "\"t.a\"() {a = -129 : i8} : () -> ()",
        "t.mlir(1,14): error MLIR1013: integer constant out of range for 'i8'"
    )]
    [TestCase(
        "\"t.a\"() {a = 128 : si8} : () -> ()",
        "t.mlir(1,14): error MLIR1013: integer constant out of range for 'si8'"
    )]
    [TestCase(
        "\"t.a\"() {a = -1 : ui8} : () -> ()",
        "t.mlir(1,14): error MLIR1011: negative integer literal not valid for unsigned integer type"
    )]
    [TestCase(
        "\"t.a\"() {a = 1 : i129} : () -> ()",
        "t.mlir(1,14): error MLIR1014: an integer constant of more than 128 bits ('i129') is not supported"
    )]
    [TestCase(
        "\"t.a\"() {a = 1 : f32} : () -> ()",
        "t.mlir(1,14): error MLIR1011: unexpected decimal integer literal for a floating point value; add a trailing dot to make the literal a float"
    )]
    [TestCase(
        "\"t.a\"() {a = 0x1FFFFFFFF : f32} : () -> ()",
        "t.mlir(1,14): error MLIR1011: hexadecimal float constant out of range for type"
    )]
    [TestCase("\"t.a\"() {a, a} : () -> ()", "t.mlir(1,13): error MLIR1011: duplicate key 'a' in dictionary attribute")]
    [TestCase(
        "\"t.a\"() {a = dense<[1, 2]> : tensor<3xi8>} : () -> ()",
        "t.mlir(1,20): error MLIR1011: inferred shape of elements literal ([2]) does not match type ([3])"
    )]
    [TestCase(
        "\"t.a\"() {a = dense<[[1], [2, 3]]> : tensor<2x1xi8>} : () -> ()",
        "t.mlir(1,26): error MLIR1011: tensor literal is invalid; expected 1 elements here, got 2"
    )]
    [TestCase(
        "\"t.a\"() {a = dense<[[1], 2]> : tensor<2x1xi8>} : () -> ()",
        "t.mlir(1,26): error MLIR1011: tensor literal is invalid; ranks are not consistent between elements"
    )]
    [TestCase(
        "\"t.a\"() {a = dense<[1.0]> : tensor<1xi8>} : () -> ()",
        "t.mlir(1,21): error MLIR1011: expected integer elements, but parsed floating-point"
    )]
    [TestCase(
        "\"t.a\"() {a = dense<\"0x0102\"> : tensor<3xi8>} : () -> ()",
        "t.mlir(1,20): error MLIR1011: elements hex data size is invalid for provided type: tensor<3xi8>, got 2 bytes"
    )]
    [TestCase(
        "\"t.a\"() {a = dense<1> : tensor<?xi8>} : () -> ()",
        "t.mlir(1,25): error MLIR1011: elements literal type must have static shape"
    )]
    [TestCase(
        "\"t.a\"() {a = dense_resource<x> : tensor<1xi8>} : () -> ()",
        "t.mlir(1,14): error MLIR1014: the attribute 'dense_resource<…>' is not supported"
    )]
    [TestCase(
        "\"t.a\"() : () -> tensor<99999999999x99999999999xi8>",
        "t.mlir(1,24): error MLIR1011: the number of elements exceeds 64 bits"
    )]
    [TestCase(
        "\"t.a\"() : () -> vector<0xi8>",
        "t.mlir(1,24): error MLIR1011: vector types must have positive constant sizes"
    )]
    [TestCase(
        "\"t.a\"() : () -> i99999999",
        "t.mlir(1,17): error MLIR1011: integer bitwidth is limited to 16777215 bits"
    )]
    [TestCase("\"t.a\"() : () -> !undefined", "t.mlir(1,17): error MLIR1026: undefined symbol alias id 'undefined'")]
    [TestCase("#a = 1\n#a = 2", "t.mlir(2,1): error MLIR1027: redefinition of attribute alias id 'a'")]
    [TestCase("\"t.a\"() : () -> () loc(#nope)", "t.mlir(1,24): error MLIR1026: undefined symbol alias id 'nope'")]
    [TestCase("\"t.a\"() {a = \"x\n\"} : () -> ()", "t.mlir(1,14): error MLIR1002: expected '\"' in string literal")]
    [TestCase("\"t.a\"() {a = \"\\q\"} : () -> ()", "t.mlir(1,15): error MLIR1003: unknown escape in string literal")]
    [TestCase("\"t.a\"() ; ", "t.mlir(1,9): error MLIR1001: unexpected character ';'")]
    [TestCase("\"t.a\"() \u0001", "t.mlir(1,9): error MLIR1001: unexpected character U+0001")]
    [TestCase("% = \"t.a\"()", "t.mlir(1,1): error MLIR1004: invalid SSA name")]
    [TestCase(
        "\"test.nope\"() : () -> ()",
        "t.mlir(1,1): error MLIR1021: unregistered operation 'test.nope' found in dialect ('test') that does not allow unknown operations"
    )]
    [TestCase("nope", "t.mlir(1,1): error MLIR1022: custom op 'nope' is unknown (tried 'builtin.nope' as well)")]
    [TestCase(
        "test.func @f(%a: i32) {\n^bb0:\n}",
        "t.mlir(2,1): error MLIR1011: invalid block name in region with named arguments"
    )]
    [TestCase(
        "%a = \"t.a\"() : () -> i32\ntest.func @f() {\n  \"t.b\"(%a) : (i32) -> ()\n}",
        "t.mlir(3,9): error MLIR1031: use of undeclared SSA value name '%a'"
    )]
    [TestCase(
        "\"t.a\"() ({\n  %x = \"t.a\"() : () -> i32\n}) : () -> ()\n\"t.b\"(%x) : (i32) -> ()",
        "t.mlir(4,7): error MLIR1031: use of undeclared SSA value name '%x'"
    )]
    [TestCase(
        "\"t.a\"() {m = affine_map<(d0) -> (d0 * d0)>} : () -> ()",
        "t.mlir(1,37): error MLIR1011: non-affine expression: at least one of the multiply operands has to be either a constant or symbolic"
    )]
    [TestCase(
        "\"t.a\"() {m = affine_map<(d0) -> (d0 mod 0)>} : () -> ()",
        "t.mlir(1,37): error MLIR1011: the divisor of an affine expression must be positive"
    )]
    [TestCase("{-# x #-}", "t.mlir(1,1): error MLIR1014: a file metadata section '{-# … #-}' is not supported")]
    [TestCase(
        "\"t.a\"() : () -> !foo.bar<[}>",
        "t.mlir(1,27): error MLIR1011: unbalanced '}' character in pretty dialect name"
    )]
    public void ErrorNamesPlaceAndReason(string text, string expected) =>
        Assert.That(Texts.Errors(text), Is.EqualTo(expected));

    [Test]
    public void UnregisteredNeedsTheOption()
    {
        Assert.That(
            Texts.Errors("\"t.a\"() : () -> ()", new ParserOptions()),
            Is.EqualTo(
                "t.mlir(1,1): error MLIR1020: operation 't.a' is of an unregistered dialect; --allow-unregistered-dialect accepts it in its generic form"
            )
        );
        Assert.That(
            Texts.Errors("%0 = test.constant dense<1> : tensor<1xi8, #foo.x>", new ParserOptions()),
            Is.EqualTo(
                "t.mlir(1,44): error MLIR1024: attribute '#foo.x' is of the unregistered dialect 'foo'; --allow-unregistered-dialect keeps it as it is"
            )
        );
    }

    [Test]
    public void AllUndefinedValuesAreReportedInOrder() =>
        Assert.That(
            Texts.Errors("\"t.a\"(%y, %x) : (i32, i32) -> ()\n\"t.a\"(%y) : (i32) -> ()"),
            Is.EqualTo(
                "t.mlir(1,7): error MLIR1031: use of undeclared SSA value name '%y'\nt.mlir(1,11): error MLIR1031: use of undeclared SSA value name '%x'"
            )
        );

    [Test]
    public void CaretPointsAtTheTokenAcrossTabs()
    {
        const string Text = "\t\"t.a\"(%x) : (i32) -> ()";
        Assert.That(
            Texts.Parse(Text).Diagnostics[0].Render(Text),
            Does.EndWith("\n  \t\"t.a\"(%x) : (i32) -> ()\n  \t      ^")
        );
    }

    [Test]
    public void LinesCountFromTheOptions() =>
        Assert.That(Texts.Errors("\n?", new ParserOptions { FirstLine = 10 }), Does.StartWith("t.mlir(11,1): error"));
}
