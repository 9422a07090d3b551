namespace Mlir.Tests.Ptx.Operations;

/// <summary>Every single operation that kernels are made of and that LLVM selects for sm_80.</summary>
internal static class OperationList
{
    public static IEnumerable<Operation> All =>
        [
            .. Floats("float", "f32"),
            .. Floats("double", "f64"),
            .. Integers("i16"),
            .. Integers("i32"),
            .. Integers("i64"),
            .. Wide(),
            .. Halves(),
            .. Memory("i32"),
            .. Memory("i64"),
            .. Control(),
        ];

    private static Operation Call1(string function, string type, string suffix) =>
        new(
            function,
            type,
            $"%r = call {type} @llvm.{function}.{suffix}({type} %x)",
            $"declare {type} @llvm.{function}.{suffix}({type})"
        );

    private static Operation Call2(string function, string type, string suffix) =>
        new(
            function,
            type,
            $"%r = call {type} @llvm.{function}.{suffix}({type} %x, {type} %y)",
            $"declare {type} @llvm.{function}.{suffix}({type}, {type})"
        );

    private static IEnumerable<Operation> Floats(string type, string suffix)
    {
        foreach (var name in "fadd fsub fmul fdiv".Split(' '))
        {
            yield return new(name, type, $"%r = {name} {type} %x, %y");
        }

        yield return new("fneg", type, $"%r = fneg {type} %x");
        foreach (var name in "sqrt fabs floor ceil trunc rint round roundeven nearbyint".Split(' '))
        {
            yield return Call1(name, type, suffix);
        }

        foreach (var name in "minnum maxnum minimum maximum minimumnum maximumnum copysign".Split(' '))
        {
            yield return Call2(name, type, suffix);
        }

        yield return new(
            "fma",
            type,
            $"%r = call {type} @llvm.fma.{suffix}({type} %x, {type} %y, {type} %x)",
            $"declare {type} @llvm.fma.{suffix}({type}, {type}, {type})"
        );
        foreach (var predicate in "oeq ogt oge olt ole one ord ueq ugt uge ult ule une uno".Split(' '))
        {
            yield return new(
                $"fcmp {predicate}",
                type,
                $"%c = fcmp {predicate} {type} %x, %y\n%r = select i1 %c, {type} %x, {type} 3.0"
            );
        }

        foreach (var bits in new[] { "i8", "i16", "i32", "i64" })
        {
            foreach (var (to, back) in new[] { ("fptosi", "sitofp"), ("fptoui", "uitofp") })
            {
                yield return new(
                    $"{to} {bits}",
                    type,
                    $"%big = fmul {type} %x, 1024.0\n%q = call {bits} @llvm.{to}.sat.{bits}.{suffix}({type} %big)\n%r = {back} {bits} %q to {type}",
                    $"declare {bits} @llvm.{to}.sat.{bits}.{suffix}({type})"
                );
            }
        }

        for (var bit = 0; bit < 10; bit++)
        {
            yield return new(
                $"class {bit}",
                type,
                $"%c = call i1 @llvm.is.fpclass.{suffix}({type} %x, i32 {1 << bit})\n%r = uitofp i1 %c to {type}",
                $"declare i1 @llvm.is.fpclass.{suffix}({type}, i32 immarg)"
            );
        }

        yield return new(
            "ldexp",
            type,
            $"%r = call {type} @llvm.ldexp.{suffix}.i32({type} %x, i32 3)",
            $"declare {type} @llvm.ldexp.{suffix}.i32({type}, i32)"
        );
        yield return type == "float"
            ? new(
                "extend",
                type,
                "%d = fpext float %x to double\n%e = fmul double %d, 1.1\n%r = fptrunc double %e to float"
            )
            : new(
                "truncate",
                type,
                "%d = fptrunc double %x to float\n%e = fmul float %d, 3.0\n%r = fpext float %e to double"
            );
        yield return new(
            "vector of 4",
            type,
            $"%a = insertelement <4 x {type}> poison, {type} %x, i32 0\n%b = insertelement <4 x {type}> %a, {type} %y, i32 1\n%v = shufflevector <4 x {type}> %b, <4 x {type}> poison, <4 x i32> <i32 0, i32 1, i32 1, i32 0>\n%w = fmul <4 x {type}> %v, %v\n%r = call {type} @llvm.vector.reduce.fadd.v4{suffix}({type} 0.0, <4 x {type}> %w)",
            $"declare {type} @llvm.vector.reduce.fadd.v4{suffix}({type}, <4 x {type}>)"
        );
        yield return new(
            "bits",
            type,
            type == "float"
                ? "%i = bitcast float %x to i32\n%j = xor i32 %i, 65537\n%r = bitcast i32 %j to float"
                : "%i = bitcast double %x to i64\n%j = xor i64 %i, 4294967297\n%r = bitcast i64 %j to double"
        );
    }

    private static IEnumerable<Operation> Integers(string type)
    {
        foreach (var name in "add sub mul and or xor".Split(' '))
        {
            yield return new(name, type, $"%r = {name} {type} %x, %y");
        }

        foreach (var name in "udiv urem".Split(' '))
        {
            yield return new(name, type, $"%d = or {type} %y, 1\n%r = {name} {type} %x, %d");
        }

        foreach (var name in "sdiv srem".Split(' '))
        {
            yield return new(name, type, $"%s = lshr {type} %y, 3\n%d = or {type} %s, 1\n%r = {name} {type} %x, %d");
            yield return new($"{name} constant", type, $"%r = {name} {type} %x, -7");
        }

        yield return new("udiv constant", type, $"%r = udiv {type} %x, 11");
        var last =
            type == "i16" ? 15
            : type == "i32" ? 31
            : 63;
        foreach (var name in "shl lshr ashr".Split(' '))
        {
            yield return new(name, type, $"%s = and {type} %y, {last}\n%r = {name} {type} %x, %s");
            yield return new($"{name} 3", type, $"%r = {name} {type} %x, 3");
        }

        foreach (var name in "smin smax umin umax uadd.sat sadd.sat usub.sat ssub.sat".Split(' '))
        {
            yield return Call2(name, type, type);
        }

        foreach (var name in "ctpop bitreverse bswap".Split(' '))
        {
            yield return Call1(name, type, type);
        }

        foreach (var name in "ctlz cttz abs".Split(' '))
        {
            yield return new(
                name,
                type,
                $"%r = call {type} @llvm.{name}.{type}({type} %x, i1 false)",
                $"declare {type} @llvm.{name}.{type}({type}, i1)"
            );
        }

        foreach (var name in "fshl fshr".Split(' '))
        {
            yield return new(
                name,
                type,
                $"%r = call {type} @llvm.{name}.{type}({type} %x, {type} %y, {type} %y)",
                $"declare {type} @llvm.{name}.{type}({type}, {type}, {type})"
            );
        }

        foreach (var name in "sadd uadd ssub usub smul umul".Split(' '))
        {
            yield return new(
                $"{name} overflow",
                type,
                $"%p = call {{ {type}, i1 }} @llvm.{name}.with.overflow.{type}({type} %x, {type} %y)\n%v = extractvalue {{ {type}, i1 }} %p, 0\n%o = extractvalue {{ {type}, i1 }} %p, 1\n%z = zext i1 %o to {type}\n%r = xor {type} %v, %z",
                $"declare {{ {type}, i1 }} @llvm.{name}.with.overflow.{type}({type}, {type})"
            );
        }

        foreach (var predicate in "eq ne slt sle sgt sge ult ule ugt uge".Split(' '))
        {
            yield return new(
                $"icmp {predicate}",
                type,
                $"%c = icmp {predicate} {type} %x, %y\n%r = select i1 %c, {type} %x, {type} 77"
            );
        }

        yield return new(
            "predicates",
            type,
            $"%a = icmp slt {type} %x, %y\n%b = icmp ugt {type} %x, %y\n%c = xor i1 %a, %b\n%e = or i1 %c, %a\n%n = xor i1 %e, true\n%d = sext i1 %n to {type}\n%r = and {type} %d, %x"
        );
        yield return new(
            "sign of a byte",
            type,
            $"%b = trunc {type} %x to i8\n%s = sext i8 %b to {type}\n%r = add {type} %s, %y"
        );
        yield return new(
            "byte",
            type,
            $"%b = trunc {type} %x to i8\n%s = zext i8 %b to {type}\n%r = sub {type} %s, %y"
        );
    }

    private static IEnumerable<Operation> Wide()
    {
        yield return new(
            "mul wide signed",
            "i64",
            "%a = trunc i64 %x to i32\n%b = trunc i64 %y to i32\n%c = sext i32 %a to i64\n%d = sext i32 %b to i64\n%r = mul i64 %c, %d"
        );
        yield return new(
            "mul wide unsigned",
            "i64",
            "%a = trunc i64 %x to i32\n%b = trunc i64 %y to i32\n%c = zext i32 %a to i64\n%d = zext i32 %b to i64\n%r = mul i64 %c, %d"
        );
        yield return new(
            "mad wide",
            "i64",
            "%a = trunc i64 %x to i32\n%c = sext i32 %a to i64\n%m = mul i64 %c, 12\n%r = add i64 %m, %y"
        );
        foreach (var (extension, name) in new[] { ("zext", "unsigned"), ("sext", "signed") })
        {
            yield return new(
                $"mul high {name}",
                "i64",
                $"%a = {extension} i64 %x to i128\n%b = {extension} i64 %y to i128\n%m = mul i128 %a, %b\n%h = lshr i128 %m, 64\n%r = trunc i128 %h to i64"
            );
        }

        foreach (var operation in "add sub".Split(' '))
        {
            yield return new(
                $"{operation} of 128 bits",
                "i64",
                $"%a = sext i64 %x to i128\n%b = zext i64 %y to i128\n%s = shl i128 %b, 32\n%m = {operation} i128 %a, %s\n%h = lshr i128 %m, 64\n%g = xor i128 %h, %m\n%r = trunc i128 %g to i64"
            );
        }

        yield return new(
            "bytes of a word",
            "i32",
            "%a = lshr i32 %x, 8\n%b = and i32 %a, 255\n%c = shl i32 %y, 24\n%r = or i32 %b, %c"
        );
        yield return new("i8 mul", "i8", "%r = mul i8 %x, %y");
        yield return new(
            "i8 sdiv",
            "i8",
            "%d = or i8 %y, 1\n%w = lshr i8 %d, 1\n%e = or i8 %w, 1\n%r = sdiv i8 %x, %e"
        );
    }

    private static IEnumerable<Operation> Halves()
    {
        foreach (var type in new[] { "half", "bfloat" })
        {
            foreach (var name in "fadd fsub fmul fdiv".Split(' '))
            {
                yield return new(name, type, $"%r = {name} {type} %x, %y");
            }

            yield return new("fneg", type, $"%r = fneg {type} %x");
            yield return new(
                "extend",
                type,
                $"%a = fpext {type} %x to float\n%b = fpext {type} %y to float\n%m = fmul float %a, %b\n%r = fptrunc float %m to {type}"
            );
            yield return new("olt", type, $"%c = fcmp olt {type} %x, %y\n%r = select i1 %c, {type} %x, {type} %y");
            yield return new(
                "to integer",
                type,
                $"%i = call i32 @llvm.fptosi.sat.i32.{(type == "half" ? "f16" : "bf16")}({type} %x)\n%r = sitofp i32 %i to {type}",
                $"declare i32 @llvm.fptosi.sat.i32.{(type == "half" ? "f16" : "bf16")}({type})"
            );
            yield return new(
                "pairs",
                type,
                $"%a = insertelement <2 x {type}> poison, {type} %x, i32 0\n%b = insertelement <2 x {type}> %a, {type} %y, i32 1\n%m = fmul <2 x {type}> %b, %b\n%s = fadd <2 x {type}> %m, %b\n%p = extractelement <2 x {type}> %s, i32 0\n%q = extractelement <2 x {type}> %s, i32 1\n%r = fsub {type} %p, %q"
            );
        }
    }

    private static IEnumerable<Operation> Memory(string type)
    {
        yield return new(
            "own array",
            type,
            $"%p = alloca [4 x {type}], align 8\n%q = getelementptr [4 x {type}], ptr %p, i64 0, i64 1\nstore volatile {type} %y, ptr %p\nstore volatile {type} %x, ptr %q\n%i = and {type} %x, 1\n%e = getelementptr [4 x {type}], ptr %p, i64 0, {type} %i\n%r = load volatile {type}, ptr %e"
        );
        yield return new(
            "table",
            type,
            $"%i = and {type} %x, 3\n%e = getelementptr [4 x {type}], ptr addrspace(@CONSTANT@) @table.{type}, i64 0, {type} %i\n%r = load {type}, ptr addrspace(@CONSTANT@) %e",
            $"@table.{type} = internal addrspace(@CONSTANT@) constant [4 x {type}] [{type} 3, {type} 1, {type} 4, {type} 15]"
        );
        yield return new(
            "structure",
            type,
            $"%s0 = insertvalue {{ {type}, {type} }} poison, {type} %x, 0\n%s1 = insertvalue {{ {type}, {type} }} %s0, {type} %y, 1\n%c = icmp slt {type} %x, %y\n%s2 = select i1 %c, {{ {type}, {type} }} %s1, {{ {type}, {type} }} {{ {type} 5, {type} 6 }}\n%a = extractvalue {{ {type}, {type} }} %s2, 0\n%b = extractvalue {{ {type}, {type} }} %s2, 1\n%r = sub {type} %a, %b"
        );
        foreach (var operation in "add sub and or xor max min umax umin xchg".Split(' '))
        {
            yield return new(
                $"atomic {operation}",
                type,
                $"store {type} %y, ptr addrspace(@GLOBAL@) %po\n%o = atomicrmw {operation} ptr addrspace(@GLOBAL@) %po, {type} %x monotonic\n%n = load {type}, ptr addrspace(@GLOBAL@) %po\n%r = sub {type} %n, %o"
            );
        }

        yield return new(
            "compare and exchange",
            type,
            $"%a = and {type} %x, 1\n%b = and {type} %y, 1\nstore {type} %b, ptr addrspace(@GLOBAL@) %po\n%o = cmpxchg ptr addrspace(@GLOBAL@) %po, {type} %a, {type} %y monotonic monotonic\n%v = extractvalue {{ {type}, i1 }} %o, 0\n%n = load {type}, ptr addrspace(@GLOBAL@) %po\n%r = sub {type} %n, %v"
        );
    }

    private static IEnumerable<Operation> Control()
    {
        foreach (var (type, name) in new[] { ("float", "f32"), ("double", "f64") })
        {
            yield return new(
                "atomic fadd",
                type,
                $"store {type} %y, ptr addrspace(@GLOBAL@) %po\n%o = atomicrmw fadd ptr addrspace(@GLOBAL@) %po, {type} %x monotonic\n%r = load {type}, ptr addrspace(@GLOBAL@) %po"
            );
            yield return new(
                "loop",
                type,
                $"br label %l\nl:\n%i = phi i32 [ 0, %entry ], [ %j, %l ]\n%s = phi {type} [ %x, %entry ], [ %t, %l ]\n%t = fadd {type} %s, %y\n%j = add i32 %i, 1\n%c = icmp slt i32 %j, 7\nbr i1 %c, label %l, label %e\ne:\n%r = fsub {type} %t, %x"
            );
            yield return new(
                "call",
                type,
                $"%r = call {type} @mix.{name}({type} %x, {type} %y)",
                $"define internal {type} @mix.{name}({type} %a, {type} %b) noinline {{\n%c = fmul {type} %a, %b\n%d = fadd {type} %c, 1.5\nret {type} %d\n}}"
            );
        }

        yield return new(
            "recursion",
            "i32",
            "%n = and i32 %x, 15\n%r = call i32 @fib(i32 %n)",
            "define internal i32 @fib(i32 %n) noinline {\nentry:\n%c = icmp ult i32 %n, 2\nbr i1 %c, label %base, label %more\nbase:\nret i32 %n\nmore:\n%a = sub i32 %n, 1\n%b = sub i32 %n, 2\n%p = call i32 @fib(i32 %a)\n%q = call i32 @fib(i32 %b)\n%s = add i32 %p, %q\nret i32 %s\n}"
        );
        yield return new(
            "switch",
            "i32",
            "%m = and i32 %x, 7\nswitch i32 %m, label %d [ i32 0, label %a\n i32 1, label %b\n i32 2, label %c\n i32 3, label %f\n i32 4, label %g\n i32 5, label %h ]\na:\n%ra = mul i32 %y, 3\nbr label %j\nb:\n%rb = add i32 %y, 22\nbr label %j\nc:\n%rc = xor i32 %y, 5\nbr label %j\nf:\n%rf = sub i32 %y, %x\nbr label %j\ng:\n%rg = shl i32 %y, 2\nbr label %j\nh:\n%rh = lshr i32 %y, 9\nbr label %j\nd:\nbr label %j\nj:\n%r = phi i32 [ %ra, %a ], [ %rb, %b ], [ %rc, %c ], [ %rf, %f ], [ %rg, %g ], [ %rh, %h ], [ %x, %d ]"
        );
        yield return new(
            "loop that ends at different times",
            "i32",
            "%n = and i32 %x, 31\nbr label %l\nl:\n%i = phi i32 [ 0, %entry ], [ %k, %next ]\n%s = phi i32 [ %y, %entry ], [ %u, %next ]\n%o = and i32 %s, 1\n%c = icmp eq i32 %o, 0\nbr i1 %c, label %even, label %odd\neven:\n%e = lshr i32 %s, 1\nbr label %next\nodd:\n%m = mul i32 %s, 3\n%p = add i32 %m, 1\nbr label %next\nnext:\n%u = phi i32 [ %e, %even ], [ %p, %odd ]\n%k = add i32 %i, 1\n%d = icmp ugt i32 %k, %n\nbr i1 %d, label %end, label %l\nend:\n%r = add i32 %u, %k"
        );
    }
}
