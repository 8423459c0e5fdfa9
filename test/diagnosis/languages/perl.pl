# Reads a JSON body and writes it again with its keys sorted, as JSON::PP does with `canonical`.
use JSON::PP;
binmode STDIN; binmode STDOUT;
local $/;
print JSON::PP->new->utf8->canonical->encode(JSON::PP->new->utf8->decode(<STDIN>));
