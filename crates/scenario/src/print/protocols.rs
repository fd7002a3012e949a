//! How parties bargain.

use super::{Printer, quoted};
use crate::situation::{ParameterOrNumber, Protocol, ProtocolNumber};

impl Printer<'_> {
    pub(super) fn protocols(&mut self) {
        let situation = self.situation;
        if !situation.protocols.is_empty() {
            self.line(0, "protocols:");
        }
        for protocol in &situation.protocols {
            self.protocol(protocol);
        }
    }

    fn protocol(&mut self, protocol: &Protocol) {
        self.line(2, &format!("{}:", protocol.id));
        self.line(4, &format!("kind: {}", protocol.kind.word()));
        if protocol.name != protocol.id {
            self.line(4, &format!("name: {}", quoted(&protocol.name)));
        }
        self.optional(4, "about", protocol.origin.about.as_ref());
        if !protocol.origin.because.is_empty() {
            self.line(4, &format!("because: [{}]", self.claim_ids(&protocol.origin.because)));
        }
        let roles = protocol.kind.roles();
        if roles.is_empty() {
            self.line(4, &format!("between: [{}]", self.party_ids(&protocol.parties)));
        }
        for (role, party) in roles.iter().zip(&protocol.parties) {
            self.line(4, &format!("{role}: {}", self.party_ids(&[*party])));
        }
        for field in protocol.kind.number_fields() {
            let of_field = || protocol.numbers.iter().filter(|number| number.field == field.name);
            if let Some(common) = of_field().find(|number| number.party.is_none()) {
                let text = self.protocol_number(common, protocol);
                self.line(4, &format!("{}: {text}", field.name));
                continue;
            }
            let own = |number: &ProtocolNumber| {
                let party = number.party.map(|party| self.party_ids(&[party])).unwrap_or_default();
                format!("{party}: {}", self.protocol_number(number, protocol))
            };
            let each: Vec<String> = of_field().map(own).collect();
            if !each.is_empty() {
                self.line(4, &format!("{}: {{{}}}", field.name, each.join(", ")));
            }
        }
        for (field, word) in &protocol.words {
            self.line(4, &format!("{field}: {}", quoted(word)));
        }
    }

    /// A number with its claims and remark, where it has some of its own. One for all parties
    /// has no mapping to hold them, and is no mapping itself.
    fn protocol_number(&self, number: &ProtocolNumber, protocol: &Protocol) -> String {
        let bare = match &number.value {
            ParameterOrNumber::Number(n) => quoted(&n.to_string()),
            ParameterOrNumber::Parameter(id) => {
                let parameter = &self.situation.parameters[id.index()];
                if parameter.named { parameter.id.clone() } else { self.quantity(&parameter.value) }
            }
        };
        let trailer = self.trailer(&number.origin, &protocol.origin.because);
        if trailer.is_empty() {
            return bare;
        }
        match bare.strip_prefix('{').and_then(|fields| fields.strip_suffix('}')) {
            Some(fields) => format!("{{{fields}{trailer}}}"),
            None => format!("{{value: {bare}{trailer}}}"),
        }
    }
}
