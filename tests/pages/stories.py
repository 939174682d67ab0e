"""The texts of the pages that make_pages.py writes: written for this project, their events invented."""
# headline, standfirst, author, date, place, paragraphs ("## " a subheading, "* " an item of a list,
# "> " a quotation set apart)
STORIES = [
("Army retakes river town as talks stall", "Soldiers entered Bara at dawn, two days after negotiators left the table without a date to return.", "Ann Smith", "2024-05-03", "KHARTOUM", """The army said on Friday that it had retaken the river town of Bara after a week of fighting in which at least forty people were killed.
Residents reached by telephone said soldiers had entered the town at dawn and that shelling had stopped by noon.
A spokesman for the rebels denied that the town had fallen. "We hold the market and the bridge," he said.
The two sides broke off talks in Jeddah on Wednesday without agreeing on a date for the next round.
Aid groups said some eleven thousand people had fled towards the north since Sunday, most of them on foot.
The United Nations called on both sides to let convoys of food and medicine through, and warned that stocks in the town's only hospital would last no more than three days."""),
("Parliament backs emergency law after market bombing", "The law lets the army hold suspects for a month without charge.", "Daniel Okoro", "2023-11-14", "ABUJA", """Nigeria's parliament approved an emergency law on Tuesday that lets the army detain suspects for thirty days without charge, five days after a bomb killed twenty-three people at a market in Maiduguri.
Lawmakers passed the bill by 214 votes to 98 after a debate that ran past midnight.
Opposition members walked out before the vote, calling the measure a blank cheque for abuse.
## What the law says
Under the law the interior minister may close roads, impose curfews and ban gatherings in nine districts for up to six months.
Judges must be told of every arrest within seven days, a clause that was added at the last minute to win over members from the south.
Human rights groups said the safeguards were too weak. "A month is a long time in a cell nobody can visit," said Grace Bello of the Civic Law Centre.
No group has said that it carried out the bombing, which the police blame on fighters loyal to a faction of Boko Haram."""),
("Foreign ministers agree to reopen border crossing", "", "Leyla Aydin", "2025-02-20", "TBILISI", """The foreign ministers of Armenia and Turkey agreed on Thursday to reopen the Margara crossing for trucks, the first step of its kind in more than thirty years.
The two men met for four hours in the Georgian capital and spoke to reporters side by side afterwards.
> "A bridge that is crossed only by ambulances is not yet a bridge," the Armenian minister said. "From March it will carry apples as well."
Turkey's minister said customs officers from both countries would be trained together from next week.
Full diplomatic ties are not part of the agreement, and neither side gave a date for them.
Azerbaijan said it had been told of the plan in advance and had no objection as long as its own transit rights were respected.
Farmers near the crossing said they had waited for the news since they were children."""),
("Police disperse protesters outside election commission", "Officers fired tear gas at a crowd that had gathered to demand a recount.", "Maria Lopes", "2024-10-27", "MAPUTO", """Police in Mozambique fired tear gas on Sunday to disperse several thousand people who had gathered outside the election commission to demand a recount.
At least two people were killed and more than sixty were injured, doctors at the central hospital said.
The opposition says that ballot boxes in four provinces were stuffed, which the commission denies.
Witnesses saw young men throw stones at a police lorry and officers answer with rubber bullets.
"They shot at us while we were singing," said a student who gave her name as Amelia.
The interior minister said the march had not been authorised and that the police had shown restraint.
Churches and the bar association have asked the constitutional court to publish the tally sheets from every polling station before it confirms the result.
The court has until the end of next month to rule."""),
("Ceasefire holds on first day, monitors say", "", "Tom Becker", "2025-01-16", "GOMA", """A ceasefire between the Congolese army and M23 rebels held through its first day on Thursday, regional monitors said, although both sides reported isolated shots near the town of Sake.
The truce was signed in Luanda on Tuesday and took effect at midnight.
It obliges the rebels to leave two towns within ten days and the army to keep its drones on the ground.
Three teams of monitors from Angola, Kenya and Tanzania reached Goma in the morning and will report every evening to a joint office.
* Rebels are to leave Kitshanga by Saturday and Mweso a week later.
* Prisoners are to be listed within five days and freed within thirty.
* The airport is to open for relief flights on Monday.
Rwanda, which denies United Nations reports that its troops fight beside the rebels, welcomed the truce.
Earlier agreements of the kind broke down within weeks, the last of them in August."""),
("Sanctions imposed on four officers over village killings", "Assets are frozen and travel is banned.", "Helen Price", "2024-07-09", "BRUSSELS", """The European Union imposed sanctions on Tuesday on four army officers whom it holds responsible for the killing of civilians in three villages in January.
The officers are banned from travel to the bloc and any assets they hold there are frozen.
The decision was adopted without debate at a meeting of finance ministers.
Investigators working for the bloc found that soldiers under the command of two of the men went from house to house and shot at least fifty-two people.
The government in question rejected the finding as based on hearsay and recalled its ambassador for consultations.
"Nobody who reads the testimony can speak of hearsay," a diplomat involved in the inquiry said.
The United States and Canada announced matching measures within the hour.
Two rebel commanders were also listed, for the recruitment of children and for blocking relief."""),
("President names new cabinet after weeks of deadlock", "Three parties share the posts; the army keeps defence.", "Omar Haddad", "2023-09-05", "BEIRUT", """Lebanon's president named a cabinet of twenty-four ministers on Tuesday, ending ten weeks in which the country had only a caretaker government.
Three parties share the posts and the defence ministry stays with a retired general.
The new prime minister said that his first task would be an agreement with lenders.
"We have no more weeks to lose," he told reporters on the steps of the palace.
## An uneasy bargain
The bargain was struck after the speaker of parliament dropped his demand for the finance ministry.
Parliament is to vote on the cabinet next Monday, and a majority appears safe.
Teachers' unions said that they would go on with a strike announced for Thursday unless wages owed since June were paid.
Foreign lenders gave the news a cautious welcome."""),
("Rebels free 42 soldiers under prisoner deal", "", "Selam Tesfaye", "2025-06-11", "NAIROBI", """Rebels in the north of Ethiopia released forty-two soldiers on Wednesday under a deal brokered by Kenya, officials on both sides said.
The men were handed to the Red Cross near the town of Shire and flown to the capital in two aircraft.
Several were thin and one had to be carried, a nurse who received them said.
Kenya's foreign minister thanked both sides for keeping their word and said that a second group would be freed within a fortnight.
The government confirmed that it had in turn dropped charges against nineteen people held since March.
"It is a small step, but it was taken on time," the minister said.
Families waited at the airport from early morning, some with photographs of sons of whom they had heard nothing for a year."""),
("Strike on fuel depot cuts power to capital", "Drones hit tanks on the edge of the city for the second time this month.", "Ivan Petrenko", "2024-12-02", "KYIV", """Drones struck a fuel depot on the edge of the Ukrainian capital early on Monday, setting fire to two tanks and cutting power to tens of thousands of homes.
The mayor said that three firefighters had been injured and that water had to be brought by lorry to two districts.
Ukraine's air force said it had shot down twenty-nine of thirty-five drones launched from three directions.
Russia's defence ministry said the depot supplied the army and had been hit with precision.
Residents described a column of smoke that could be seen from across the river.
"We heard it before the siren," said Oksana, who sells bread at a kiosk near by.
Engineers expect to restore power to most homes by Tuesday evening, the grid operator said.
The depot was hit in the same way on the second Sunday of last month."""),
("Court orders release of detained opposition leader", "Judges say the arrest broke the constitution.", "Joyce Banda", "2024-03-21", "HARARE", """A court in Zimbabwe ordered the release on Thursday of an opposition leader who had been held for nine months on charges of inciting violence.
Three judges of the high court found that he had not been brought before a magistrate within the time that the constitution allows.
His lawyer said that he was expected to leave Chikurubi prison in the evening.
Prosecutors announced that they would appeal and asked for the order to be suspended, which the court refused.
Supporters sang outside the building and were watched by riot police, who did not intervene.
The party called for calm. "Let them see that we are not what they say we are," its deputy leader said.
The United States and Britain had urged the government to free him, and Zambia had offered to mediate.
His trial, which has been put off five times, is to begin in June."""),
]
