# Reads a JSON body and writes it again with its keys sorted, by JSON::PP or the module that is named.
my $module = @ARGV > 1 ? $ARGV[0] : 'JSON::PP';
eval "require $module" or die $@;
binmode STDIN; binmode STDOUT;
local $/;
print $module->new->utf8->canonical->encode($module->new->utf8->decode(<STDIN>));
